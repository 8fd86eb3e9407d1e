package dev.realtime.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A machine whose clock is an hour behind Redis', as far as that is known. */
class ClockWatchTest {

    private static final Instance SELF =
            new Instance("AAAAAAAA", Protocol.VERSION, true, null, "1", Duration.ZERO, Map.of(), Map.of());
    private static final Duration APART = Duration.ofHours(1);

    private long now = 1;
    private final ClusterClock clock = new ClusterClock(Clock.systemUTC());
    private final ClockWatch watch = new ClockWatch(clock, new SimpleMeterRegistry(), () -> now);

    /** Redis tells its time, and takes so long that it may be wrong by this much. */
    private void redisTells(Duration apart, Duration error) {
        long answered = System.nanoTime();
        long middle = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() + apart.toMillis() - error.toMillis());
        clock.sample(answered - 2 * error.toNanos(), answered, middle);
    }

    private void beat() {
        watch.onBeat(SELF, List.of());
    }

    private static List<String> warnings(LogLines log) {
        return log.lines().stream()
                .filter(line -> line.startsWith("WARN The clock of this machine"))
                .toList();
    }

    @Test
    void beforeRedisToldItsTimeNothingIsWrong() {
        beat();
        assertThat(watch.problems()).isEmpty();
    }

    @Test
    void aDifferenceThatMayBeTheErrorIsNotTold() {
        redisTells(APART, APART);
        beat();
        assertThat(watch.problems()).isEmpty();
        redisTells(APART, Duration.ofMillis(1));
        beat();
        assertThat(watch.problems()).singleElement().asString().contains("behind");
    }

    @Test
    void itIsLoggedOnceAMinuteAndWhenItIsOver() {
        try (LogLines log = new LogLines()) {
            redisTells(APART, Duration.ofMillis(1));
            beat();
            now += Duration.ofMinutes(1).toNanos() - 1;
            beat();
            assertThat(warnings(log)).hasSize(1);
            now += 1;
            beat();
            assertThat(warnings(log)).hasSize(2);
            redisTells(Duration.ZERO, Duration.ofMillis(1));
            beat();
            beat();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("agrees with Redis' clock again"))
                    .hasSize(1);
        }
    }

    @Test
    void aDifferenceThatComesBackIsLoggedAtOnce() {
        try (LogLines log = new LogLines()) {
            for (Duration apart : List.of(APART, Duration.ZERO, APART)) {
                redisTells(apart, Duration.ofMillis(1));
                beat();
            }
            assertThat(warnings(log)).hasSize(2);
        }
    }
}
