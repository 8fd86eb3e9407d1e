package dev.realtime.service.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.service.recovery.EventRing.Place;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventRingTest {

    private static final Duration AGE = Duration.ofSeconds(150);

    private final EventRing ring = new EventRing(true, 1_000_000, AGE);

    private static StreamId id(long millis) {
        return new StreamId(millis, 0);
    }

    private static PositionedEvent event(long millis, int bytes) {
        return new PositionedEvent(id(millis), "order:new", new byte[bytes], List.of(Room.OPERATORS));
    }

    private static List<Long> millis(EventRing.Part part) {
        return part.events().stream().map(event -> event.id().millis()).toList();
    }

    @Test
    void givesBackWhatFollowsAnIdThatEvenNobodyWasSent() {
        ring.restart(id(1));
        ring.append(event(10, 5), KnownMembers.NONE);
        ring.pass(id(11));
        ring.append(event(12, 5), KnownMembers.NONE);
        ring.pass(id(13));
        assertThat(millis(ring.after(id(1), 100, 1_000))).containsExactly(10L, 12L);
        assertThat(ring.after(id(1), 100, 1_000).through()).isEqualTo(id(13));
        assertThat(millis(ring.after(id(11), 100, 1_000))).containsExactly(12L);
        assertThat(ring.after(id(13), 100, 1_000)).isEqualTo(new EventRing.Part(List.of(), id(13)));
        assertThat(ring.after(id(0), 100, 1_000)).isNull();
        assertThat(ring.after(id(1), 1, 1_000).through()).isEqualTo(id(10));
        assertThat(ring.after(id(1), 100, 1).through()).as("at least one").isEqualTo(id(10));
        PositionedEvent kept = ring.after(id(1), 1, 1_000).events().getFirst();
        assertThat(ring.after(id(1), 1, 1_000).events().getFirst())
                .as("no copy")
                .isSameAs(kept);
    }

    @Test
    void knowsWhereAnIdIs() {
        assertThat(ring.placeOf(id(5))).isEqualTo(Place.AHEAD);
        ring.restart(id(1));
        ring.append(event(10, 5), KnownMembers.NONE);
        ring.pass(id(12));
        assertThat(ring.placeOf(id(0))).isEqualTo(Place.BEFORE);
        assertThat(ring.placeOf(id(1))).isEqualTo(Place.HERE);
        assertThat(ring.placeOf(id(9))).isEqualTo(Place.NOWHERE);
        assertThat(ring.placeOf(id(10))).isEqualTo(Place.HERE);
        assertThat(ring.placeOf(id(11))).isEqualTo(Place.NOWHERE);
        assertThat(ring.placeOf(id(12))).isEqualTo(Place.HERE);
        assertThat(ring.placeOf(id(13))).isEqualTo(Place.AHEAD);
    }

    @Test
    void theOldestGoByBytes() {
        for (int n = 1; n <= 10_000; n++) {
            ring.append(event(n, 1_000), KnownMembers.NONE);
        }
        assertThat(ring.bytes()).isBetween(990_000L, 1_000_000L);
        StreamId floor = ring.floor();
        assertThat(floor).isNotNull();
        assertThat(floor.millis()).isBetween(9_000L, 9_200L);
        assertThat(ring.placeOf(floor)).isEqualTo(Place.HERE);
        assertThat(ring.after(floor, 1, 1).events().getFirst().id()).isEqualTo(id(floor.millis() + 1));
        assertThat(ring.after(floor.previous(), 1, 1)).isNull();
        // One that is larger than everything leaves nothing but itself behind.
        ring.append(event(10_001, 2_000_000), KnownMembers.NONE);
        assertThat(ring.bytes()).isZero();
        assertThat(ring.floor()).isEqualTo(id(10_001));
    }

    @Test
    void theOldestGoByAgeEvenWhereNobodyIsSentAnything() {
        ring.append(event(1_000, 5), KnownMembers.NONE);
        for (long at = 4_000; at <= 200_000; at += 3_000) {
            ring.pass(id(at));
        }
        StreamId floor = ring.floor();
        assertThat(floor).isNotNull();
        assertThat(199_000 - floor.millis()).isBetween(150_001L, 153_000L);
        assertThat(ring.bytes()).isLessThan(51 * 40L + 1);
    }

    @Test
    void whatIsOlderIsPutBeforeItAsFarAsTheBoundsAllow() {
        ring.restart(id(100_000));
        ring.append(event(100_001, 100), KnownMembers.NONE);
        List<Object> older = new ArrayList<>();
        for (long at = 100_000; at > 0; at -= 100) {
            older.add(at % 1_000 == 0 ? id(at) : event(at, 2_000));
        }
        ring.prepend(id(99_999), older);
        assertThat(ring.floor()).as("another floor").isEqualTo(id(100_000));
        ring.prepend(id(100_000), older);
        StreamId floor = ring.floor();
        assertThat(floor).isNotNull();
        assertThat(ring.bytes()).isBetween(990_000L, 1_000_000L);
        List<Long> found = new ArrayList<>();
        StreamId from = floor;
        while (true) {
            EventRing.Part part = ring.after(from, 50, 1_000_000);
            assertThat(part).isNotNull();
            if (part.through().equals(from)) {
                break;
            }
            found.addAll(millis(part));
            from = part.through();
        }
        assertThat(found).isSorted().doesNotHaveDuplicates().last().isEqualTo(100_001L);
        assertThat(found.getFirst()).isBetween(floor.millis() + 1, floor.millis() + 200);
        assertThat(ring.placeOf(id(100_000))).isEqualTo(Place.HERE);
        EventRing roomy = new EventRing(true, 10_000_000, AGE);
        roomy.restart(id(100_000));
        roomy.prepend(id(100_000), older);
        assertThat(roomy.floor()).as("a record's id").isEqualTo(id(100));
        assertThat(roomy.after(id(100), 1, 1).events().getFirst().id()).isEqualTo(id(200));
    }

    @Test
    void afterARestartNothingOfBeforeIsKnown() {
        ring.append(event(10, 5), KnownMembers.NONE);
        int before = ring.restarts();
        ring.restart(id(20));
        assertThat(ring.restarts()).isEqualTo(before + 1);
        assertThat(ring.placeOf(id(10))).isEqualTo(Place.BEFORE);
        assertThat(ring.after(id(10), 1, 1)).isNull();
        assertThat(ring.bytes()).isZero();
        ring.append(event(21, 5), KnownMembers.NONE);
        assertThat(millis(ring.after(id(20), 10, 100))).containsExactly(21L);
    }

    @Test
    void oneThatIsNotEnabledKnowsHowFarTheStreamWasReadAndNothingElse() {
        EventRing off = new EventRing(false, 1_000_000, AGE);
        off.restart(id(1));
        off.append(event(10, 500), KnownMembers.NONE);
        assertThat(off.bytes()).isZero();
        assertThat(off.placeOf(id(10))).isEqualTo(Place.HERE);
        assertThat(off.placeOf(id(9))).isEqualTo(Place.BEFORE);
    }

    @Test
    void whoIsAheadWaitsUntilItWasRead() throws Exception {
        ring.restart(id(1));
        assertThat(ring.awaitHead(id(2), Duration.ofMillis(20))).isFalse();
        CompletableFuture<Boolean> read = CompletableFuture.supplyAsync(() -> {
            try {
                return ring.awaitHead(id(5), Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        ring.append(event(4, 5), KnownMembers.NONE);
        assertThat(read).isNotDone();
        ring.pass(id(6));
        assertThat(read.get(30, TimeUnit.SECONDS)).isTrue();
    }
}
