package dev.realtime.service.recovery;

import static dev.realtime.service.recovery.TestSessions.BIRTH;
import static dev.realtime.service.recovery.TestSessions.key;
import static dev.realtime.service.recovery.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.realtime.contracts.Room;
import dev.realtime.service.position.Position;
import dev.realtime.service.recovery.TestSessions.Saved;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** The sessions of an instance, and what of them is in a real Redis. Its beats are the test's. */
class SessionKeeperTest {

    private static final StreamId NOW = new StreamId(BIRTH.millis() + 60_000, 3);

    private static TestSessions sessions;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, List<Long>> told = new HashMap<>();
    private String epoch = "k3j9x2";
    private SessionKeeper keeper;

    @BeforeAll
    static void start() {
        sessions = new TestSessions();
    }

    @AfterAll
    static void stop() {
        sessions.close();
    }

    @BeforeEach
    void begin() {
        sessions.clear();
        sessions.up = true;
        keeper = new SessionKeeper(
                sessions.store,
                new Farewells(sessions.store, meters),
                new Takeovers("abcdEFGH", () -> Set.of("12345678"), told::put),
                saving -> saving.apply(NOW),
                () -> epoch,
                TestSessions.properties(TestSessions.WINDOW),
                meters);
    }

    private static final class Live implements LiveSession {

        final Set<Room> rooms = new CopyOnWriteArraySet<>(Set.of(Room.OPERATORS));
        final AtomicInteger takenOver = new AtomicInteger();

        @Override
        public String socketId() {
            return "8f14e45f-ceea-467f-a1d6-91f2d7c9a3b5";
        }

        @Override
        public String grants() {
            return "aBcD_-12";
        }

        @Override
        public Collection<Room> savedRooms() {
            return rooms;
        }

        @Override
        public void onTakenOver() {
            takenOver.incrementAndGet();
        }
    }

    private Saved enter(Live live) {
        Pid pid = Pid.random();
        SessionRef ref = sessions.store.ref("17", pid);
        keeper.enter(ref, live);
        sessions.store.open(session(ref, Room.OPERATORS));
        keeper.saved(ref);
        return new Saved(pid, ref);
    }

    /** Redis was unavailable and is back, so that sessions are looked at. */
    private void beatAfterRedisWasAway() {
        sessions.up = false;
        keeper.beat();
        sessions.up = true;
        keeper.beat();
    }

    private static SavedSession claim(Pid pid) {
        Claim claim = sessions.other.claim(sessions.other.ref("17", pid));
        assertThat(claim).isInstanceOf(Claim.Found.class);
        return ((Claim.Found) claim).session();
    }

    private static boolean isThere(Pid pid) {
        return sessions.redis.hasKey(key("17", pid));
    }

    @Test
    void aSessionThatCouldNotBeSavedIsSavedWhenRedisIsBack() {
        Live live = new Live();
        Pid pid = Pid.random();
        SessionRef ref = sessions.store.ref("17", pid);
        keeper.enter(ref, live);
        sessions.up = false;
        assertThatThrownBy(() -> sessions.store.open(session(ref, Room.OPERATORS)))
                .isInstanceOf(DataAccessException.class);
        keeper.unsaved(ref);
        keeper.beat();
        assertThat(isThere(pid)).isFalse();
        live.rooms.add(Room.city("Саратов"));
        sessions.up = true;
        keeper.beat();

        SavedSession claimed = claim(pid);
        assertThat(claimed.floor()).isEqualTo(NOW);
        assertThat(claimed.reaches(new Position(epoch, BIRTH))).isFalse();
        assertThat(claimed.reaches(null)).isFalse();
        assertThat(claimed.reaches(new Position("zzzzz1", NOW))).isFalse();
        assertThat(claimed.reaches(new Position(epoch, NOW))).isTrue();
        assertThat(claimed.stays().current()).containsExactlyInAnyOrder(Room.OPERATORS, Room.city("Саратов"));
        assertThat(claimed.stays().entitled(NOW, List.of(Room.OPERATORS))).isFalse();
    }

    @Test
    void aSessionThatRedisLostIsSavedAgain() {
        Live live = new Live();
        Saved saved = enter(live);
        sessions.clear();
        beatAfterRedisWasAway();
        assertThat(claim(saved.pid()).floor()).isEqualTo(NOW);
        assertThat(live.takenOver).hasValue(0);
    }

    @Test
    void aChangeOfASessionThatRedisLostSavesItAsAWhole() {
        Live live = new Live();
        Saved saved = enter(live);
        sessions.clear();
        live.rooms.add(Room.city("Саратов"));
        assertThat(keeper.change(saved.ref(), RoomChange.join(NOW, Room.city("Саратов"))))
                .isTrue();
        SavedSession claimed = claim(saved.pid());
        assertThat(claimed.floor()).isEqualTo(NOW);
        assertThat(claimed.stays().current()).contains(Room.city("Саратов"));
    }

    @Test
    void aChangeThatFailedLeavesTheRoomsAsTheyAre() {
        Live live = new Live();
        Saved saved = enter(live);
        sessions.up = false;
        assertThatThrownBy(() -> keeper.change(saved.ref(), RoomChange.join(NOW, Room.city("Саратов"))))
                .isInstanceOf(DataAccessException.class);
        keeper.unsaved(saved.ref());
        sessions.up = true;
        // As if it had been done all the same.
        sessions.store.change(saved.ref(), TestSessions.number(), RoomChange.join(NOW, Room.city("Саратов")));
        keeper.beat();
        SavedSession claimed = claim(saved.pid());
        assertThat(claimed.stays().current()).containsExactly(Room.OPERATORS);
        assertThat(claimed.floor()).isEqualTo(NOW);
    }

    @Test
    void whatHappenedBeforeIsKeptWhileNothingFails() {
        Saved saved = enter(new Live());
        beatAfterRedisWasAway();
        assertThat(claim(saved.pid()).floor()).isNull();
    }

    @Test
    void aConnectionWhoseSessionWasTakenOverEndsAndParksNothing() {
        Live silent = new Live();
        Saved saved = enter(silent);
        claim(saved.pid());
        beatAfterRedisWasAway();
        assertThat(silent.takenOver).hasValue(1);
        keeper.park(saved.ref());
        keeper.beat();
        assertThat(sessions.redis.opsForHash().get(key("17", saved.pid()), "owner"))
                .asString()
                .startsWith("12345678.");

        Live changing = new Live();
        Saved other = enter(changing);
        claim(other.pid());
        assertThat(keeper.change(other.ref(), RoomChange.join(NOW, Room.DIRECTORS)))
                .isFalse();
        assertThat(changing.takenOver).hasValue(1);
    }

    @Test
    void thePreviousConnectionIsEndedWhereverItIs() {
        Live here = new Live();
        Saved saved = enter(here);
        keeper.endPrevious(claim(saved.pid()));
        assertThat(here.takenOver).hasValue(1);
        assertThat(keeper.endConnection(saved.ref().connection())).isFalse();

        SavedSession elsewhere = claim(saved.pid());
        Owner previous = Objects.requireNonNull(elsewhere.previous());
        keeper.endPrevious(elsewhere);
        keeper.beat();
        assertThat(told).isEqualTo(Map.of("12345678", List.of(previous.connection())));
    }

    @Test
    void whatIsToldOfSessionsThatWentWaitsForRedis() {
        Saved parked = enter(new Live());
        Saved ended = enter(new Live());
        sessions.up = false;
        keeper.park(parked.ref());
        keeper.end(ended.ref());
        keeper.beat();
        sessions.up = true;
        assertThat(sessions.redis.opsForHash().hasKey(key("17", parked.pid()), "owner"))
                .isTrue();
        keeper.beat();
        assertThat(sessions.redis.opsForHash().hasKey(key("17", parked.pid()), "owner"))
                .isFalse();
        assertThat(isThere(ended.pid())).isFalse();
        assertThat(claim(parked.pid()).previous()).isNull();
    }

    @Test
    void whatWasLostStaysLost() {
        Saved lost = enter(new Live());
        Saved unsaved = enter(new Live());
        keeper.unsaved(unsaved.ref());
        keeper.lost();
        Saved later = enter(new Live());
        keeper.unsaved(lost.ref());
        keeper.park(lost.ref());
        keeper.park(unsaved.ref());
        keeper.park(later.ref());
        keeper.beat();
        for (Saved each : List.of(lost, unsaved)) {
            assertThat(sessions.other.claim(sessions.other.ref("17", each.pid())))
                    .isEqualTo(new Claim.Lost());
        }
        assertThat(claim(later.pid()).floor()).isNull();
    }

    @Test
    void whatIsStillToBeToldWhenTheInstanceEndsIsTold() {
        keeper.start();
        Saved parked = enter(new Live());
        keeper.park(parked.ref());
        keeper.stop();
        assertThat(sessions.redis.opsForHash().hasKey(key("17", parked.pid()), "owner"))
                .isFalse();
        assertThat(isThere(parked.pid())).isTrue();
    }

    @Test
    void whoeverLeftIsNotSavedAnyMore() {
        Saved ended = enter(new Live());
        keeper.unsaved(ended.ref());
        keeper.end(ended.ref());
        keeper.unsaved(ended.ref());
        keeper.beat();
        keeper.beat();
        assertThat(isThere(ended.pid())).isFalse();
    }

    @Test
    void positionsOfAnotherEpochAreSavedAnew() {
        Saved saved = enter(new Live());
        keeper.beat();
        epoch = "zzzzz1";
        keeper.beat();
        SavedSession claimed = claim(saved.pid());
        assertThat(claimed.epoch()).isEqualTo("zzzzz1");
        assertThat(claimed.floor()).isEqualTo(NOW);
    }

    @Test
    void evictedSessionsAreCounted() {
        for (int i = 0; i < TestSessions.MOST_PARKED + 2; i++) {
            keeper.park(enter(new Live()).ref());
            keeper.beat();
        }
        assertThat(meters.get("realtime.recovery.parked.evicted").counter().count())
                .isEqualTo(2);
    }

    @Test
    void aSessionCostsAFewHundredBytesOfMemory() {
        int many = 20_000;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Live live = new Live();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < many; i++) {
            keeper.enter(new SessionRef("17", new Pid.Hash(i, i), i), live);
        }
        // Everything that was allocated counts, though the tables that grew are gone.
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / many).isLessThan(300);
    }
}
