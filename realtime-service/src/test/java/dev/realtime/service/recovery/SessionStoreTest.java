package dev.realtime.service.recovery;

import static dev.realtime.service.recovery.TestSessions.BIRTH;
import static dev.realtime.service.recovery.TestSessions.key;
import static dev.realtime.service.recovery.TestSessions.parkedKey;
import static dev.realtime.service.recovery.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.service.position.Position;
import dev.realtime.service.recovery.SessionStore.Changed;
import dev.realtime.service.recovery.TestSessions.Saved;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Sessions in a real Redis, of two instances. */
class SessionStoreTest {

    private static final Room CITY = Room.city("Нижний Новгород");
    private static final Room ORDER = Room.order("1:a=b,c");
    private static final Room ROLE = Room.role("operator").orElseThrow();

    private static TestSessions sessions;

    @BeforeAll
    static void start() {
        sessions = new TestSessions();
    }

    @AfterAll
    static void stop() {
        sessions.close();
    }

    @BeforeEach
    void clear() {
        sessions.clear();
        sessions.up = true;
    }

    private static StreamId after(long millis) {
        return new StreamId(BIRTH.millis() + millis, 0);
    }

    private static SavedSession claim(SessionStore store, String user, Pid pid) {
        return found(store.claim(store.ref(user, pid)));
    }

    private static SavedSession found(Claim claim) {
        assertThat(claim).isInstanceOf(Claim.Found.class);
        return ((Claim.Found) claim).session();
    }

    private static long ttl(String key) {
        return Objects.requireNonNull(sessions.redis.getExpire(key));
    }

    @Test
    void aChangeThatRedisRunsAfterALaterOneIsIgnored() {
        Saved saved = sessions.open("17", Room.OPERATORS, CITY);
        assertThat(sessions.store.change(saved.ref(), 2, RoomChange.join(after(20), CITY)))
                .isEqualTo(Changed.DONE);
        assertThat(sessions.store.change(saved.ref(), 1, RoomChange.leave(after(10), CITY)))
                .isEqualTo(Changed.DONE);
        NewSession whole = new NewSession(
                saved.ref(),
                "8f14e45f-ceea-467f-a1d6-91f2d7c9a3b5",
                "k3j9x2",
                after(30),
                after(30),
                5,
                "",
                List.of(CITY));
        sessions.store.open(whole);
        assertThat(sessions.store.change(saved.ref(), 4, RoomChange.leave(after(25), CITY)))
                .isEqualTo(Changed.DONE);
        SessionRef other = sessions.other.ref("17", saved.pid());
        assertThat(((Claim.Found) sessions.other.claim(other)).session().stays().current())
                .containsExactly(CITY);
        // The new owner begins with its own numbers.
        assertThat(sessions.other.change(other, 1, RoomChange.leave(after(40), CITY)))
                .isEqualTo(Changed.DONE);
        assertThat(claim(sessions.store, "17", saved.pid()).stays().current()).isEmpty();
    }

    @Test
    void whatIsSavedIsClaimedOnAnotherInstance() {
        Saved saved = sessions.open("17", Room.OPERATORS, CITY, ORDER, ROLE);
        SavedSession claimed = claim(sessions.other, "17", saved.pid());
        assertThat(claimed.socketId()).isEqualTo("8f14e45f-ceea-467f-a1d6-91f2d7c9a3b5");
        assertThat(claimed.epoch()).isEqualTo("k3j9x2");
        assertThat(claimed.birth()).isEqualTo(BIRTH);
        assertThat(claimed.floor()).isNull();
        assertThat(claimed.grants()).isEqualTo("aBcD_-12");
        assertThat(claimed.previous()).isEqualTo(sessions.store.owner(saved.ref()));
        assertThat(claimed.stays().current()).containsExactlyInAnyOrder(Room.OPERATORS, CITY, ORDER, ROLE);
        assertThat(claimed.stays().entitled(BIRTH, List.of(CITY, Room.EVERYONE)))
                .isFalse();
        assertThat(claimed.stays().entitled(after(1), List.of(Room.DIRECTORS, CITY)))
                .isTrue();
        assertThat(claimed.stays().entitled(after(1), List.of(Room.EVERYONE))).isTrue();
        assertThat(claimed.stays().entitled(after(1), List.of(Room.DIRECTORS))).isFalse();
    }

    @Test
    void ofFiftyWhoClaimAtOnceEachIsToldOfTheOneBefore() throws Exception {
        Saved saved = sessions.open("17", Room.OPERATORS);
        List<Future<Owner>> previous = new ArrayList<>();
        Set<String> owners =
                new TreeSet<>(Set.of(sessions.store.owner(saved.ref()).toString()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                SessionStore store = i % 2 == 0 ? sessions.store : sessions.other;
                SessionRef ref = store.ref("17", saved.pid());
                owners.add(store.owner(ref).toString());
                previous.add(threads.submit(
                        () -> Objects.requireNonNull(found(store.claim(ref)).previous())));
            }
        }
        Set<String> told = new TreeSet<>();
        for (Future<Owner> owner : previous) {
            told.add(owner.get().toString());
        }
        assertThat(told).as("nobody twice").hasSize(50);
        owners.removeAll(told);
        assertThat(owners).as("the one final owner").hasSize(1);
        assertThat(sessions.redis.opsForHash().get(key("17", saved.pid()), "owner"))
                .isEqualTo(owners.iterator().next());
    }

    @Test
    void whoeverClaimsAgainIsNotToldOfItself() {
        Saved saved = sessions.open("17", Room.OPERATORS);
        SessionRef ref = sessions.other.ref("17", saved.pid());
        assertThat(found(sessions.other.claim(ref)).previous()).isEqualTo(sessions.store.owner(saved.ref()));
        // As after an answer that was lost on the way.
        assertThat(found(sessions.other.claim(ref)).previous()).isNull();
    }

    @Test
    void aConnectionThatWasTakenOverChangesNothingAnyMore() {
        Saved saved = sessions.open("17", Room.OPERATORS);
        SessionRef taker = sessions.other.ref("17", saved.pid());
        sessions.other.claim(taker);
        String key = key("17", saved.pid());
        var before = sessions.redis.opsForHash().entries(key);

        assertThat(sessions.store.change(saved.ref(), TestSessions.number(), RoomChange.join(after(1), CITY)))
                .isEqualTo(Changed.ANOTHERS);
        assertThat(ScriptQueue.await(sessions.store.park(saved.ref()))).isEqualTo(-1L);
        assertThat(ScriptQueue.await(sessions.store.end(saved.ref()))).isEqualTo(0L);
        assertThat(ScriptQueue.await(sessions.store.lost(saved.ref()))).isEqualTo(0L);
        assertThat(ScriptQueue.await(sessions.store.touch(saved.ref()))).isEqualTo(0L);
        assertThat(ScriptQueue.await(sessions.store.save(session(saved.ref(), CITY))))
                .isEqualTo(0L);

        assertThat(sessions.redis.opsForHash().entries(key)).isEqualTo(before);
        assertThat(sessions.redis.hasKey(parkedKey("17"))).isFalse();
        assertThat(sessions.other.change(taker, TestSessions.number(), RoomChange.join(after(1), CITY)))
                .isEqualTo(Changed.DONE);
    }

    @Test
    void aPidOfAnotherUserOrOfNobodyFindsNothing() {
        Saved saved = sessions.open("17", Room.OPERATORS);
        assertThat(sessions.other.claim(sessions.other.ref("18", saved.pid()))).isEqualTo(new Claim.Unknown());
        assertThat(sessions.other.claim(sessions.other.ref("17", Pid.random()))).isEqualTo(new Claim.Unknown());
        assertThat(sessions.redis.keys("*")).as("nothing was made by asking").containsExactly(key("17", saved.pid()));
        assertThat(claim(sessions.other, "17", saved.pid()).previous()).isEqualTo(sessions.store.owner(saved.ref()));
    }

    @Test
    void aSessionOutlivesAKilledInstanceByTheWindowWheneverItWasTouched() {
        Saved saved = sessions.open("17", Room.OPERATORS);
        String key = key("17", saved.pid());
        long window = TestSessions.WINDOW.toSeconds();
        // Touched once in a quarter of a window: that much may have gone by when its instance is killed.
        assertThat(ttl(key) - window / 4).isGreaterThanOrEqualTo(window);
        sessions.redis.expire(key, java.time.Duration.ofSeconds(7));
        assertThat(ScriptQueue.await(sessions.store.touch(saved.ref()))).isEqualTo(1L);
        assertThat(ttl(key) - window / 4).isGreaterThanOrEqualTo(window);
        ScriptQueue.await(sessions.store.park(saved.ref()));
        assertThat(ttl(key)).isBetween(window, window + 5);
        assertThat(claim(sessions.other, "17", saved.pid()).previous()).isNull();
        assertThat(ttl(key) - window / 4).isGreaterThanOrEqualTo(window);
    }

    @Test
    void theOldestParkedSessionGoesWhenThereAreTooMany() throws InterruptedException {
        List<Saved> parked = new ArrayList<>();
        for (int i = 0; i < TestSessions.MOST_PARKED + 1; i++) {
            Saved saved = sessions.open("17", Room.OPERATORS);
            parked.add(saved);
            long gone = (Long) ScriptQueue.await(sessions.store.park(saved.ref()));
            assertThat(gone).isEqualTo(i < TestSessions.MOST_PARKED ? 0 : 1);
            // Parked at another millisecond, which is what makes one older.
            Thread.sleep(2);
        }
        assertThat(sessions.other.claim(
                        sessions.other.ref("17", parked.getFirst().pid())))
                .isEqualTo(new Claim.Unknown());
        for (Saved saved : parked.subList(1, parked.size())) {
            claim(sessions.other, "17", saved.pid());
        }
        assertThat(sessions.redis.hasKey(parkedKey("17")))
                .as("what was claimed is parked no longer")
                .isFalse();
    }

    @Test
    void whatEndedOrWasLostIsNotClaimed() {
        Saved ended = sessions.open("17", Room.OPERATORS);
        ScriptQueue.await(sessions.store.end(ended.ref()));
        assertThat(sessions.other.claim(sessions.other.ref("17", ended.pid()))).isEqualTo(new Claim.Unknown());

        Saved lost = sessions.open("17", Room.OPERATORS);
        assertThat(ScriptQueue.await(sessions.store.lost(lost.ref()))).isEqualTo(1L);
        assertThat(ScriptQueue.await(sessions.store.park(lost.ref()))).isEqualTo(-1L);
        for (int i = 0; i < 2; i++) {
            assertThat(sessions.other.claim(sessions.other.ref("17", lost.pid())))
                    .isEqualTo(new Claim.Lost());
        }
        assertThat(ttl(key("17", lost.pid()))).isBetween(1L, TestSessions.WINDOW.toSeconds() + 5);
    }

    @Test
    void roomsCountFromTheJoinToTheLeave() {
        Saved saved = sessions.open("17", Room.OPERATORS, ROLE);
        SessionStore store = sessions.store;
        store.change(saved.ref(), TestSessions.number(), RoomChange.join(after(10), CITY));
        store.change(saved.ref(), TestSessions.number(), RoomChange.join(after(15), CITY));
        store.change(saved.ref(), TestSessions.number(), RoomChange.leave(after(20), CITY));
        store.change(saved.ref(), TestSessions.number(), RoomChange.leave(after(25), CITY));
        store.change(saved.ref(), TestSessions.number(), RoomChange.leave(after(26), ORDER));
        store.change(saved.ref(), TestSessions.number(), RoomChange.join(after(30), CITY));
        Room director = Room.role("director").orElseThrow();
        store.change(
                saved.ref(),
                TestSessions.number(),
                new RoomChange(after(40), List.of(director, Room.DIRECTORS), List.of(ROLE), "new-gran"));

        SavedSession claimed = claim(sessions.other, "17", saved.pid());
        assertThat(claimed.grants()).isEqualTo("new-gran");
        assertThat(claimed.floor()).isNull();
        RoomStays stays = claimed.stays();
        assertThat(stays.current()).containsExactlyInAnyOrder(Room.OPERATORS, Room.DIRECTORS, CITY, director);
        List<Long> inCity = new ArrayList<>();
        for (long at = 1; at <= 45; at++) {
            if (stays.entitled(after(at), List.of(CITY))) {
                inCity.add(at);
            }
        }
        assertThat(inCity.getFirst()).isEqualTo(11);
        assertThat(inCity)
                .contains(20L)
                .doesNotContain(21L, 30L)
                .endsWith(31L, 32L, 33L, 34L, 35L, 36L, 37L, 38L, 39L, 40L, 41L, 42L, 43L, 44L, 45L);
        assertThat(stays.entitled(after(40), List.of(ROLE))).isTrue();
        assertThat(stays.entitled(after(41), List.of(ROLE))).isFalse();
        assertThat(stays.entitled(after(40), List.of(director))).isFalse();
        assertThat(stays.entitled(after(41), List.of(director))).isTrue();
        RoomStays allowed = stays.only(room -> !room.equals(CITY));
        assertThat(allowed.entitled(after(12), List.of(CITY))).isFalse();
        assertThat(allowed.entitled(after(12), List.of(CITY, Room.OPERATORS))).isTrue();
    }

    @Test
    void ofStaysThatAreOverTheLatestAreKeptAndTheFloorIsWhereTheForgottenEnd() {
        Saved saved = sessions.open("17", Room.OPERATORS);
        int most = SessionStore.MOST_STAYS_OVER;
        for (int i = 0; i <= most + 1; i++) {
            Room room = i % 2 == 0 ? CITY : Room.order("" + i);
            sessions.store.change(saved.ref(), TestSessions.number(), RoomChange.join(after(10 * i), room));
            sessions.store.change(saved.ref(), TestSessions.number(), RoomChange.leave(after(10 * i + 5), room));
        }
        SavedSession claimed = claim(sessions.other, "17", saved.pid());
        assertThat(claimed.floor()).isEqualTo(after(15));
        assertThat(claimed.reaches(new Position(claimed.epoch(), after(14)))).isFalse();
        assertThat(claimed.reaches(new Position(claimed.epoch(), after(15)))).isTrue();
        assertThat(claimed.stays().entitled(after(3), List.of(CITY))).isFalse();
        assertThat(claimed.stays().entitled(after(23), List.of(CITY))).isTrue();
        assertThat(claimed.stays().entitled(after(10L * most + 3), List.of(CITY)))
                .isTrue();

        // A day later one more is over: the rest is too old.
        SessionRef ref = sessions.other.ref("17", saved.pid());
        sessions.other.claim(ref);
        sessions.other.change(ref, TestSessions.number(), RoomChange.leave(after(86_400_000), Room.OPERATORS));
        claimed = claim(sessions.other, "17", saved.pid());
        assertThat(claimed.floor()).isEqualTo(after(10L * (most + 1) + 5));
        assertThat(claimed.stays().entitled(after(86_399_999), List.of(Room.OPERATORS)))
                .isTrue();
        assertThat(sessions.redis.opsForHash().keys(key("17", saved.pid())))
                .filteredOn(field -> field.toString().startsWith("r:"))
                .containsExactly("r:operators");
    }

    @Test
    void aSessionOfAnotherProtocolVersionIsNamedAndLeftAlone() {
        Saved saved = sessions.open("17", Room.OPERATORS);
        String key = key("17", saved.pid());
        sessions.redis.opsForHash().put(key, "v", "7");
        assertThat(sessions.other.claim(sessions.other.ref("17", saved.pid()))).isEqualTo(new Claim.Unknown());
        assertThat(sessions.redis.opsForHash().get(key, "owner"))
                .isEqualTo(sessions.store.owner(saved.ref()).toString());
        assertThat(sessions.foreign.problems().toString()).contains("7");
    }

    @Test
    void aThousandWhoComeAtOnceCostFewRoundTrips() throws Exception {
        sessions.open("0", Room.OPERATORS);
        long before = sessions.info("stats", "total_reads_processed");
        List<Future<CompletableFuture<Object>>> opened = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                SessionRef ref = sessions.store.ref("u" + i, Pid.random());
                opened.add(threads.submit(() -> sessions.store.save(session(ref, Room.OPERATORS))));
            }
        }
        for (Future<CompletableFuture<Object>> each : opened) {
            // However busy the machine is: the bound on waiting has a test of its own.
            assertThat(each.get().get(60, TimeUnit.SECONDS)).isEqualTo(1L);
        }
        assertThat(sessions.redis.keys("*")).hasSize(1001);
        // What Redis read at a time is a part of a batch; one by one they would be a thousand and more.
        assertThat(sessions.info("stats", "total_reads_processed") - before).isLessThan(300);
    }

    @Test
    void scriptsThatRedisHasForgottenAreSentAgain() {
        Saved saved = sessions.open("17", Room.OPERATORS);
        sessions.forgetScripts();
        assertThat(sessions.store.change(saved.ref(), TestSessions.number(), RoomChange.join(after(1), CITY)))
                .isEqualTo(Changed.DONE);
        sessions.forgetScripts();
        claim(sessions.other, "17", saved.pid());
    }

    @Test
    void oneRefusalIsNobodyElses() {
        Saved saved = sessions.open("17", Room.OPERATORS);
        Pid other = Pid.random();
        sessions.redis.opsForValue().set(key("18", other), "another's key");
        assertThatThrownBy(() -> sessions.store.open(session(sessions.store.ref("18", other))))
                .isInstanceOf(DataAccessException.class);
        assertThat(sessions.store.change(saved.ref(), TestSessions.number(), RoomChange.join(after(1), CITY)))
                .isEqualTo(Changed.DONE);
    }

    @Test
    void aRedisThatHangsFailsAndOneThatIsAwayFailsAtOnce() {
        Saved saved = sessions.open("17", Room.OPERATORS);
        sessions.server.freeze();
        try {
            assertThatThrownBy(() -> sessions.open("18", Room.OPERATORS)).isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() ->
                            sessions.store.change(saved.ref(), TestSessions.number(), RoomChange.join(after(1), CITY)))
                    .isInstanceOf(DataAccessException.class);
            sessions.up = false;
            // Submitted to nobody: it fails before anything could have been sent.
            assertThat(sessions.store.park(saved.ref())).isCompletedExceptionally();
        } finally {
            sessions.server.thaw();
        }
        sessions.up = true;
        sessions.open("19", Room.OPERATORS);
    }

    @Test
    void aSessionTakesAboutThreeHundredBytesOfRedis() {
        Saved saved = sessions.open("1234567", Room.user("1234567"), Room.OPERATORS, Room.operator("1234567"), ROLE);
        long bytes = sessions.memory(key("1234567", saved.pid()));
        assertThat(bytes).isLessThan(360);
    }

    @Test
    void theFirstSessionAfterRedisWasAwayIsSaved() {
        sessions.open("before", CITY);
        sessions.server.stop();
        // So long that the lost connection's own next attempt is seconds away.
        await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
        sessions.server.start();
        await().ignoreExceptions().until(() -> sessions.redis.hasKey("any") != null);
        Saved first = sessions.open("after", CITY);
        assertThat(sessions.redis.hasKey(key("after", first.pid()))).isTrue();
    }
}
