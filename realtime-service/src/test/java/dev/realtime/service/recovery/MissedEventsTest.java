package dev.realtime.service.recovery;

import static dev.realtime.service.recovery.StreamUnderTest.event;
import static dev.realtime.service.recovery.StreamUnderTest.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.fanout.Withheld;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.service.payload.SendingRef;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.service.recovery.MissedEvents.Page;
import dev.realtime.service.recovery.MissedEvents.Standing;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.util.unit.DataSize;

/** A stream in a real Redis, and a ring that holds the end of it, or none of it. */
class MissedEventsTest {

    private static StreamUnderTest stream;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RecoveryProperties properties =
            new RecoveryProperties(true, Duration.ofMinutes(2), DataSize.ofMegabytes(32));
    private final EventRing ring = new EventRing(true, 32_000_000, properties.kept());
    private final Epoch epoch = new Epoch(stream.template(), _ -> {});
    private final StreamPages pages = new StreamPages(stream.history(), ring, meters);
    private final MissedEvents missed = new MissedEvents(ring, pages, epoch, Withheld.NOTHING, Duration.ofSeconds(10));

    @BeforeAll
    static void start() {
        stream = new StreamUnderTest();
    }

    @AfterAll
    static void stop() {
        stream.close();
    }

    @BeforeEach
    void begin() {
        stream.clear();
        epoch.refresh();
    }

    private Standing judge(long millis) {
        return missed.judge(new Position(epoch.text(), id(millis)));
    }

    private double read() {
        return meters.get("realtime.recovery.pages.read").counter().count();
    }

    /** Everything that follows, and where it ends. */
    private List<Long> all(long after) {
        List<Long> found = new ArrayList<>();
        StreamId from = id(after);
        while (true) {
            Page page = missed.after(from);
            page.events().forEach(event -> found.add(event.id().millis()));
            if (page.through().equals(from)) {
                assertThat(page.events()).isEmpty();
                assertThat(from).as("this instance has read so far").isEqualTo(ring.head());
                return found;
            }
            from = page.through();
        }
    }

    @Test
    void aPositionInTheRingNeedsNoRedis() throws Exception {
        ring.restart(id(100_000));
        ring.append(event(100_500, 10), KnownMembers.NONE);
        ring.pass(id(101_000));
        long before = stream.calls("xrange") + stream.calls("xinfo|stream");
        assertThat(judge(100_000)).as("its floor").isEqualTo(Standing.HELD);
        assertThat(judge(100_500)).isEqualTo(Standing.HELD);
        assertThat(judge(101_000)).as("a record that went to nobody").isEqualTo(Standing.HELD);
        assertThat(all(100_000)).containsExactly(100_500L);
        assertThat(missed.after(id(100_000)).fromRing()).isTrue();
        assertThat(stream.calls("xrange") + stream.calls("xinfo|stream")).isEqualTo(before);
    }

    @Test
    void whatIsWithheldIsLeftOutFromThenOn() throws Exception {
        Set<String> recalled = new HashSet<>();
        Withheld withheld = new Withheld() {
            @Override
            public @Nullable Reason reason(SendingRef sending) {
                return recalled.contains(sending.sending()) ? Reason.RECALLED : null;
            }

            @Override
            public boolean isRecalled(String eventId) {
                return false;
            }
        };
        MissedEvents open = new MissedEvents(ring, pages, epoch, withheld, Duration.ofSeconds(10));
        ring.restart(id(100_000));
        ring.append(event(100_500, 10), KnownMembers.NONE);
        ring.append(
                new PositionedEvent(
                        id(100_600),
                        "notification",
                        new byte[2],
                        List.of(Room.OPERATORS),
                        null,
                        new SendingRef("aa", null)),
                KnownMembers.NONE);
        assertThat(open.after(id(100_000)).events()).hasSize(2);
        recalled.add("aa");
        Page page = open.after(id(100_000));
        assertThat(page.events()).extracting(event -> event.id().millis()).containsExactly(100_500L);
        assertThat(page.through()).as("it goes on behind it").isEqualTo(id(100_600));
    }

    @Test
    void whatTheRingHoldsNoMoreComesFromTheStreamAndTheRestFromTheRing() throws Exception {
        for (long at = 100_000; at < 130_000; at += 100) {
            if (at % 1_000 == 0) {
                stream.addCanary(at);
            } else if (at % 1_000 == 500) {
                stream.addNonsense(at);
            } else {
                stream.add(at, 1_000);
            }
        }
        ring.restart(id(120_000));
        for (long at = 120_100; at < 130_000; at += 100) {
            if (at % 500 == 0) {
                ring.pass(id(at));
            } else {
                ring.append(event(at, 1_000), KnownMembers.NONE);
            }
        }
        List<Long> expected = LongStream.iterate(110_100, at -> at < 130_000, at -> at + 100)
                .filter(at -> at % 500 != 0)
                .boxed()
                .toList();
        assertThat(judge(110_000)).as("a canary's").isEqualTo(Standing.HELD);
        assertThat(judge(110_100)).isEqualTo(Standing.HELD);
        assertThat(judge(110_101)).as("no record's").isEqualTo(Standing.OTHER_EPOCH);
        assertThat(missed.after(id(110_000)).fromRing()).isFalse();
        assertThat(all(110_000)).isEqualTo(expected);
        assertThat(read()).isEqualTo(1);
        // Byte for byte what was delivered.
        PositionedEvent fromStream = missed.after(id(110_000)).events().getFirst();
        assertThat(fromStream.payload()).isEqualTo(event(110_100, 1_000).payload());
        assertThat(fromStream.rooms()).isEqualTo(event(110_100, 1_000).rooms());
    }

    @Test
    void neverMoreThanThisInstanceHasDelivered() {
        for (long at = 1_000; at <= 5_000; at += 1_000) {
            stream.add(at, 10);
        }
        ring.restart(id(3_000));
        assertThat(all(1_000)).containsExactly(2_000L, 3_000L);
    }

    @Test
    void aPageGoesOnInTheMiddleOfASecondThatHasMoreThanOne() {
        for (long at = 7_000; at < 8_000; at++) {
            stream.add(at, 2_000);
        }
        ring.restart(id(7_999));
        assertThat(all(7_100)).hasSize(899).isSorted();
        assertThat(judge(7_998)).isEqualTo(Standing.HELD);
        assertThat(all(7_997)).containsExactly(7_998L, 7_999L);
    }

    @Test
    void whatWasTrimmedIsExpiredAndNeverReplayedWithAHole() {
        for (long at = 1_000; at <= 60_000; at += 100) {
            stream.add(at, 10);
        }
        ring.restart(id(60_000));
        stream.trim(100);
        assertThat(judge(49_900)).isEqualTo(Standing.EXPIRED);
        assertThat(judge(10_000)).isEqualTo(Standing.EXPIRED);
        assertThat(judge(50_100)).isEqualTo(Standing.HELD);
        assertThatThrownBy(() -> missed.after(id(40_000))).isInstanceOf(EventsGoneException.class);
        // What a page has in memory it has, whatever became of the stream since.
        assertThat(all(50_100)).hasSize(99);
        stream.trim(10);
        assertThat(all(50_100)).hasSize(99);
        assertThatThrownBy(() -> missed.after(id(30_000))).isInstanceOf(EventsGoneException.class);
    }

    @Test
    void thousandsThatExpiredCostOneLook() {
        for (long at = 1_000; at <= 60_000; at += 1_000) {
            stream.add(at, 10);
        }
        ring.restart(id(60_000));
        stream.trim(5);
        assertThat(judge(2_000)).isEqualTo(Standing.EXPIRED);
        long before = stream.calls("xrange");
        for (long at = 1; at < 50_000; at += 10) {
            assertThat(judge(at)).isEqualTo(Standing.EXPIRED);
        }
        assertThat(stream.calls("xrange")).isEqualTo(before);
    }

    @Test
    void theLastIdIsGoodEvenWhenItsRecordIsGone() {
        stream.add(1_000, 10);
        stream.add(2_000, 10);
        stream.delete(2_000);
        ring.restart(id(1_000));
        ring.pass(id(2_500));
        stream.addCanary(2_500);
        stream.delete(2_500);
        assertThat(judge(2_500)).isEqualTo(Standing.HELD);
        assertThat(judge(2_000)).isEqualTo(Standing.OTHER_EPOCH);
        // Another instance, whose ring begins later.
        ring.restart(id(2_600));
        assertThat(judge(2_500)).isEqualTo(Standing.HELD);
        assertThat(missed.after(id(2_500))).isEqualTo(new Page(List.of(), id(2_600), false));
    }

    @Test
    void theBeginningOfAStreamOfWhichNothingWasRemovedIsGood() {
        stream.add(1_000, 10);
        stream.add(2_000, 10);
        ring.restart(id(2_000));
        assertThat(judge(0)).isEqualTo(Standing.HELD);
        assertThat(all(0)).containsExactly(1_000L, 2_000L);
        stream.trim(1);
        ring.restart(id(2_000));
        assertThat(judge(0)).isEqualTo(Standing.EXPIRED);
    }

    @Test
    void whatIsBeyondTheEndOrOfAnotherEpochIsOfAnotherStream() {
        stream.add(1_000, 10);
        ring.restart(id(1_000));
        assertThat(judge(1_001)).isEqualTo(Standing.OTHER_EPOCH);
        assertThat(missed.judge(new Position("other0", id(1_000)))).isEqualTo(Standing.OTHER_EPOCH);
        // One that another instance has begun, of which this one has not heard yet.
        Epoch there = new Epoch(stream.template(), _ -> {});
        there.refresh();
        there.renew("1-1");
        there.refresh();
        assertThat(there.text()).isNotEqualTo(epoch.text());
        await().until(() -> missed.judge(new Position(there.text(), id(1_000))) == Standing.HELD);
    }

    @Test
    void whoIsAheadOfThisInstanceWaitsForIt() throws Exception {
        stream.add(1_000, 10);
        stream.add(2_000, 10);
        ring.restart(id(1_000));
        CompletableFuture<Standing> judged = new CompletableFuture<>();
        Thread judging = Thread.ofPlatform().start(() -> judged.complete(judge(2_000)));
        await().until(() -> judging.getState() == Thread.State.TIMED_WAITING && ring.isAwaited());
        assertThat(judged).isNotDone();
        ring.append(event(2_000, 10), KnownMembers.NONE);
        assertThat(judged.get(30, TimeUnit.SECONDS)).isEqualTo(Standing.HELD);
        MissedEvents impatient = new MissedEvents(ring, pages, epoch, Withheld.NOTHING, Duration.ofMillis(10));
        stream.add(3_000, 10);
        assertThatThrownBy(() -> impatient.judge(new Position(epoch.text(), id(3_000))))
                .isInstanceOf(QueryTimeoutException.class);
    }

    @Test
    void afterAGapOrARollbackNothingIsLeftOfThePagesOfBefore() {
        for (long at = 1_000; at <= 3_000; at += 100) {
            stream.add(at, 10);
        }
        ring.restart(id(3_000));
        assertThat(all(1_000)).hasSize(20);
        stream.clear();
        stream.add(1_000, 10);
        ring.restart(id(3_000));
        assertThat(judge(1_500)).isEqualTo(Standing.OTHER_EPOCH);
        assertThat(all(1_000)).isEmpty();
    }

    @Test
    void aRedisThatIsAwaySaysSo() {
        stream.add(1_000, 10);
        ring.restart(id(2_000));
        stream.redis().stop();
        try {
            assertThatThrownBy(() -> judge(1_000)).isInstanceOf(DataAccessException.class);
        } finally {
            stream.redis().start();
        }
    }

    @Test
    void fiveThousandWhoComeBackAtOnceReadTheSamePages() throws Exception {
        // Two minutes of ten events a second, which is more than one page.
        for (long at = 1_000_000; at < 1_120_000; at += 100) {
            stream.add(at, 800);
        }
        ring.restart(id(1_119_900));
        long before = stream.calls("xrange");
        List<Future<Integer>> replays = new ArrayList<>();
        try (ExecutorService tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int tab = 0; tab < 5_000; tab++) {
                long offset = 1_000_000 + 100L * ThreadLocalRandom.current().nextInt(1_200);
                replays.add(tabs.submit(() -> {
                    assertThat(judge(offset)).isEqualTo(Standing.HELD);
                    List<Long> found = all(offset);
                    assertThat(found).hasSize((int) (1_119_900 - offset) / 100);
                    return found.size();
                }));
            }
        }
        for (Future<Integer> replay : replays) {
            replay.get(1, TimeUnit.MINUTES);
        }
        // 1.2 MB are five pages when they are read in one go; offsets at random begin some more.
        assertThat(read()).isLessThan(25);
        assertThat(stream.calls("xrange") - before).isLessThan(25 * 17);
    }

    @Test
    void theFillerReadsTheLatestPartBeforeAnybodyAsks() {
        for (long at = 1_000_000; at < 1_300_000; at += 500) {
            stream.add(at, 100);
        }
        ring.restart(id(1_299_000));
        new RingFiller(stream.history(), ring, properties).fill();
        long before = stream.calls("xrange");
        StreamId floor = ring.floor();
        assertThat(floor).isNotNull();
        assertThat(1_299_000 - floor.millis()).isBetween(150_000L, 151_000L);
        assertThat(judge(1_200_000)).isEqualTo(Standing.HELD);
        assertThat(all(1_200_000)).hasSize(198).isSorted();
        assertThat(stream.calls("xrange")).isEqualTo(before);
        EventRing small = new EventRing(true, 10_000, properties.kept());
        small.restart(id(1_299_000));
        new RingFiller(stream.history(), small, properties).fill();
        assertThat(small.bytes()).isBetween(9_000L, 10_000L);
        StreamId smallFloor = small.floor();
        assertThat(smallFloor).isNotNull();
        assertThat(smallFloor.millis()).isGreaterThan(1_270_000);
    }
}
