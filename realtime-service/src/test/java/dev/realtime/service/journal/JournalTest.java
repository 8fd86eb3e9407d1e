package dev.realtime.service.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.journal.UserJournal.BlockNote;
import dev.realtime.service.rest.RedisClient;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** One instance's part of the journal; it beats when the test wants it. */
class JournalTest {

    private static RedisClient redis;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final JournalProperties properties = new JournalProperties(Duration.ofMinutes(10), DataSize.ofMegabytes(1));
    private final OpenEntries open = new OpenEntries();
    private final FanOut fanOut = new FanOut(new RoomIndex(member -> {}), () -> "epoch", open, meters);
    private final JournalStore store = new JournalStore(redis.template(), properties);
    private final Queue queue = new Queue();
    private long nanos;
    private final Journal journal = new Journal(
            open,
            store,
            properties,
            fanOut,
            () -> true,
            new ClusterClock(Clock.systemUTC()),
            () -> nanos,
            "here1234",
            meters);

    private static final class Queue implements PacketQueue {

        private long bytes;
        private boolean overflowed;

        @Override
        public @Nullable Executor offer(EncodedPacket packet) {
            return null;
        }

        @Override
        public void drain() {}

        @Override
        public long queuedBytes() {
            return bytes;
        }

        @Override
        public boolean hasOverflowed() {
            return overflowed;
        }
    }

    @BeforeAll
    static void start() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.clear();
        fanOut.beginAfter(id(1));
        journal.beat();
    }

    private static StreamId id(long number) {
        return new StreamId(number, 0);
    }

    private void reach(long number) {
        fanOut.pass(id(number));
    }

    private SocketEntry enter(String user) {
        SocketEntry entry = new SocketEntry();
        journal.enter(entry, user, "socket-of-" + user, queue);
        return entry;
    }

    private Coverage coverage() {
        return store.covered().instances().getFirst();
    }

    private SocketNote note(String user) {
        return store.of(user).sockets().getFirst();
    }

    @Test
    void aConnectionIsInRedisAfterABeat() {
        SocketEntry entry = enter("17");
        entry.begin(id(1), List.of(new RoomStay("operators", id(1), null)));
        entry.live(id(1));
        reach(5);
        entry.join(Room.order("7"), id(5));
        entry.join(Room.order("7"), id(6));
        reach(7);
        entry.leave(Room.order("7"), id(7));
        journal.refuse(entry, Room.city("Саратов"), "room_forbidden");
        reach(8);
        journal.leave(entry, SocketNote.LEFT);
        reach(9);
        journal.beat();
        SocketNote note = note("17");
        assertThat(note.instance()).isEqualTo("here1234");
        assertThat(note.socketId()).isEqualTo("socket-of-17");
        assertThat(note.stays())
                .containsExactly(new RoomStay("operators", id(1), null), new RoomStay("order:7", id(5), id(7)));
        assertThat(note.refusalBefore(List.of(Room.city("Саратов")), id(9))).isPresent();
        assertThat(List.of(note.from(), Objects.requireNonNull(note.closed()))).containsExactly(id(1), id(8));
        assertThat(note.code()).isEqualTo("left");
        assertThat(coverage().through()).isEqualTo(id(9));
        assertThat(coverage().from()).isEqualTo(id(1));
        assertThat(open.all).isEmpty();
    }

    @Test
    void whileRedisIsAwayNothingIsLostAndNothingIsToldAsComplete() {
        SocketEntry before = enter("17");
        journal.beat();
        BlockNote block = new BlockNote(redis.millis(), redis.millis() + 3_600_000);
        redis.away(true);
        reach(20);
        journal.leave(before, SocketNote.GONE);
        SocketEntry during = enter("18");
        journal.refuse("19", "token_expired");
        journal.block("20", block.at(), block.until());
        journal.beat();
        redis.away(false);
        assertThat(coverage().through()).isEqualTo(id(1));
        journal.beat();
        assertThat(coverage().through()).isEqualTo(id(20));
        assertThat(coverage().from()).isEqualTo(id(1));
        assertThat(note("17").closed()).isEqualTo(id(20));
        assertThat(note("18").from()).isEqualTo(id(20));
        assertThat(store.of("19").refusals().getFirst().code()).isEqualTo("token_expired");
        assertThat(store.of("20").blocks()).containsExactly(block);
        journal.leave(during, SocketNote.GONE);
    }

    @Test
    void whatRedisLostIsWrittenAgainAndWhatWasBeforeIsNotKnown() {
        SocketEntry entry = enter("17");
        entry.begin(id(1), List.of());
        journal.leave(enter("18"), SocketNote.GONE);
        journal.beat();
        reach(30);
        redis.clear();
        journal.beat();
        journal.beat();
        assertThat(coverage().from()).isEqualTo(id(30));
        assertThat(note("17").from()).isEqualTo(id(1));
        assertThat(store.of("18").sockets()).isEmpty();
    }

    @Test
    void beyondTheBoundTheOldestIsForgottenAndThatIsTold() {
        for (int n = 1; n <= 6_000; n++) {
            reach(n + 1);
            journal.leave(enter("user-" + n), SocketNote.GONE);
        }
        reach(7_000);
        journal.beat();
        double forgotten = meters.counter("realtime.why.forgotten").count();
        assertThat(forgotten).isBetween(1.0, 5_999.0);
        assertThat(meters.get("realtime.why.bytes").gauge().value()).isBetween(500_000.0, 1_048_576.0);
        assertThat(coverage().from()).isGreaterThan(id(1)).isLessThan(id(7_000));
        assertThat(store.of("user-1").sockets()).isEmpty();
        assertThat(store.of("user-6000").sockets()).as("the latest").hasSize(1);
        Long kept = redis.template().execute((org.springframework.data.redis.core.RedisCallback<Long>)
                connection -> connection.serverCommands().dbSize());
        // And what the instances have told.
        assertThat(kept).isEqualTo(6_000 - (long) forgotten + 1);
    }

    @Test
    void ifOpenConnectionsAloneTakeMoreThanTheBoundNothingBeforeIsComplete() {
        for (int n = 1; n <= 5_000; n++) {
            enter("user-" + n);
        }
        reach(50);
        journal.beat();
        assertThat(coverage().from()).isEqualTo(coverage().through()).isEqualTo(id(50));
        assertThat(meters.counter("realtime.why.forgotten").count()).isZero();
        assertThat(store.of("user-1").sockets()).hasSize(1);
    }

    @Test
    void whatRedisForgetsAfterItsTimeIsNotCountedAnyMore() {
        journal.leave(enter("17"), SocketNote.GONE);
        enter("18");
        journal.beat();
        double both = bytes();
        nanos += properties.retention().toNanos();
        journal.beat();
        assertThat(bytes()).isEqualTo(both);
        nanos += 1;
        journal.beat();
        assertThat(bytes()).isPositive().isLessThan(both);
        assertThat(coverage().from()).as("nothing was forgotten early").isEqualTo(id(1));
    }

    private double bytes() {
        return meters.get("realtime.why.bytes").gauge().value();
    }

    @Test
    void aConnectionThatStaysIsWrittenAgainBeforeRedisForgetsIt() {
        enter("17");
        journal.beat();
        redis.template().delete("realtime:{journal:17}");
        nanos += properties.retention().toNanos() / 2;
        journal.beat();
        assertThat(store.of("17").sockets()).isEmpty();
        nanos += 1;
        journal.beat();
        assertThat(store.of("17").sockets()).hasSize(1);
    }

    @Test
    void anInstanceThatHasBeenSilentForTheWholeRetentionIsForgotten() {
        long now = redis.millis();
        long retention = properties.retention().toMillis();
        redis.template().opsForHash().put("realtime:{journal}", "gone1234", told(now - retention - 1_000));
        redis.template().opsForHash().put("realtime:{journal}", "late1234", told(now - retention + 600_000));
        journal.beat();
        assertThat(store.covered().instances())
                .extracting(Coverage::instance)
                .containsExactlyInAnyOrder("here1234", "late1234");
    }

    private static String told(long at) {
        return "1-0 1-0 1-0 " + at + " 0";
    }

    @Test
    void aUserWhoComesAndGoesTakesNoMoreThanItsShare() {
        for (int n = 1; n <= 400; n++) {
            journal.leave(enter("17"), SocketNote.GONE);
        }
        journal.beat();
        UserJournal user = store.of("17");
        assertThat(user.sockets()).hasSizeBetween(10, 300);
        assertThat(user.known()).isPositive();
    }

    @Test
    void whatIsOverForLongIsForgottenAndABlockIsKeptUntilItsEnd() {
        long now = redis.millis();
        journal.block("17", now - 3_600_000, now - 700_000);
        journal.block("17", now - 600_000, now + 3_600_000);
        journal.beat();
        assertThat(store.of("17").blocks()).containsExactly(new BlockNote(now - 600_000, now + 3_600_000));
        assertThat(redis.template().getExpire("realtime:{journal:17}")).isBetween(3_600L, 4_600L);
    }

    @Test
    void aQueueIsEmptyOnlyWhileNothingWaitsAndNothingWasDropped() {
        SocketEntry entry = enter("17");
        reach(10);
        journal.beat();
        reach(11);
        queue.bytes = 1;
        journal.beat();
        reach(12);
        queue.bytes = 0;
        queue.overflowed = true;
        journal.beat();
        journal.leave(entry, "slow_client");
        journal.beat();
        assertThat(note("17").empty()).isEqualTo(id(10));
    }

    @Test
    void afterAGapTheInstanceDeliversNothingToWhoIsThere() {
        enter("17");
        reach(10);
        fanOut.abandon(id(15));
        enter("18");
        journal.beat();
        assertThat(note("17").cut()).isEqualTo(id(15));
        assertThat(note("18").cut()).isNull();
    }

    @Test
    void ofManyStaysTheOldestAreForgottenAndThatIsTold() {
        SocketEntry entry = enter("17");
        for (int n = 1; n <= 130; n++) {
            entry.join(Room.order("7"), id(2L * n));
            entry.leave(Room.order("7"), id(2L * n + 1));
        }
        journal.beat();
        assertThat(note("17").stays()).hasSize(120);
        assertThat(note("17").known()).isEqualTo(id(21));
    }

    @Test
    void anInstanceThatEndsSaysSo() {
        enter("17");
        assertThat(coverage().ended()).isFalse();
        journal.stop();
        assertThat(coverage().ended()).isTrue();
        assertThat(store.of("17").sockets()).hasSize(1);
    }

    @Test
    void refusalsInARowAreOne() {
        journal.refuse("17", "token_expired");
        journal.refuse("17", "token_expired");
        journal.refuse("17", "too_many_sockets");
        journal.beat();
        assertThat(store.of("17").refusals()).hasSize(2);
        long first = store.of("17").refusals().getFirst().first();
        SocketEntry entry = enter("17");
        await().until(() -> System.currentTimeMillis() > first);
        journal.refuse("17", "token_expired");
        journal.beat();
        assertThat(store.of("17").refusals())
                .as("after a connection it is another row")
                .anyMatch(one -> one.code().equals("token_expired") && one.first() > first);
        journal.leave(entry, SocketNote.GONE);
    }

    @Test
    void aJoinThatIsAllowedAfterAllIsNotRefusedAnyMoreAndAnEndIsTheFirstOne() {
        SocketEntry entry = enter("17");
        journal.refuse(entry, Room.city("Саратов"), "room_limit");
        journal.refuse(entry, Room.city("Саратов"), "room_limit");
        journal.refuse(entry, Room.city("Вольск"), "room_forbidden");
        journal.beat();
        assertThat(note("17").refused()).hasSize(2);
        entry.join(Room.city("Саратов"), id(3));
        reach(4);
        journal.leave(entry, "slow_client");
        reach(5);
        journal.leave(entry, SocketNote.GONE);
        journal.beat();
        assertThat(note("17").refused()).hasSize(1);
        assertThat(note("17").closed()).isEqualTo(id(4));
        assertThat(note("17").code()).isEqualTo("slow_client");
    }

    @Test
    void onlyWhatCanBeKeptMayBeConfigured() {
        for (Duration retention : List.of(Duration.ofSeconds(59), Duration.ofDays(8))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new JournalProperties(retention, DataSize.ofMegabytes(1)))
                    .withMessageContaining("realtime.why.retention");
        }
        for (DataSize bytes : List.of(DataSize.ofKilobytes(1_000), DataSize.ofGigabytes(2))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new JournalProperties(Duration.ofHours(1), bytes))
                    .withMessageContaining("realtime.why.most-bytes");
        }
    }
}
