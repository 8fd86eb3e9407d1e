package dev.realtime.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterClockTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Instant REDIS = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instance SELF =
            new Instance("AAAAAAAA", Protocol.VERSION, true, null, "1", Duration.ZERO, Map.of(), Map.of());

    private final long origin = System.nanoTime();

    private static ClusterClock at(Instant own) {
        return new ClusterClock(Clock.fixed(own, ZoneOffset.UTC));
    }

    /** Redis' clock, which stood at {@link #REDIS} at the origin, plus an error. */
    private void sample(ClusterClock clock, long asked, long roundTrip, long errorMillis) {
        long redisNanos = asked - origin + roundTrip / 2 + errorMillis * MILLI;
        clock.sample(asked, asked + roundTrip, REDIS.toEpochMilli() * 1000 + redisNanos / 1000);
    }

    @Test
    void beforeTheFirstSampleItIsTheOwnClockAndAfterwardsRedis() {
        ClusterClock clock = at(REDIS.plus(Duration.ofDays(1)));
        assertThat(clock.millis()).isEqualTo(REDIS.plus(Duration.ofDays(1)).toEpochMilli());
        assertThat(clock.skew()).isZero();
        sample(clock, origin, 2 * MILLI, 0);
        // However long this thread is held up between the readings.
        long least = REDIS.toEpochMilli() + (System.nanoTime() - origin) / MILLI - 1;
        long now = clock.millis();
        assertThat(now).isBetween(least, REDIS.toEpochMilli() + (System.nanoTime() - origin) / MILLI + 1);
        assertThat(clock.skew()).isBetween(Duration.ofHours(23), Duration.ofDays(1));
    }

    @Test
    void theSampleWithTheShortestRoundTripCounts() {
        ClusterClock clock = at(REDIS);
        sample(clock, origin, 400 * MILLI, 150);
        assertThat(clock.error()).isEqualTo(Duration.ofMillis(200));
        sample(clock, origin + 1000 * MILLI, 2 * MILLI, 0);
        assertThat(clock.error()).isEqualTo(Duration.ofMillis(1));
        sample(clock, origin + 2000 * MILLI, 600 * MILLI, -250);
        assertThat(clock.error()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void whenRedisClockIsSetTheOldSamplesAreForgotten() {
        ClusterClock clock = at(REDIS);
        sample(clock, origin, 2 * MILLI, 0);
        sample(clock, origin + 1000 * MILLI, 50 * MILLI, 60_000);
        assertThat(clock.error()).isEqualTo(Duration.ofMillis(25));
        assertThat(clock.millis()).isGreaterThanOrEqualTo(REDIS.toEpochMilli() + 59_000);
    }

    @Test
    void twoSecondsApartAreToldAndWithdrawn() {
        var metrics = new SimpleMeterRegistry();
        var own = new SettableClock();
        ClusterClock clock = new ClusterClock(own);
        long now = System.nanoTime();
        clock.sample(now - MILLI, now, Instant.now().toEpochMilli() * 1000);
        ClockWatch watch = new ClockWatch(clock, metrics);
        watch.onBeat(SELF, List.of());
        assertThat(watch.problems()).isEmpty();

        own.ahead = Duration.ofDays(1);
        watch.onBeat(SELF, List.of());
        assertThat(watch.problems())
                .singleElement()
                .asString()
                .matches("clock_skew: .* 86[34]\\d\\d\\.\\d s ahead of .*");
        assertThat(metrics.get("realtime.clock.skew.seconds").gauge().value()).isBetween(86_000.0, 87_000.0);

        own.ahead = Duration.ofHours(-1);
        watch.onBeat(SELF, List.of());
        assertThat(watch.problems()).singleElement().asString().matches("clock_skew: .* 3[56]\\d\\d\\.\\d s behind .*");

        own.ahead = Duration.ZERO;
        watch.onBeat(SELF, List.of());
        assertThat(watch.problems()).isEmpty();
    }

    /** The machine's clock, set wrong by so much. */
    private static final class SettableClock extends Clock {

        private Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
