package dev.realtime.service.backplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventLatencyTest {

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(12).toNanos());
    private final EventLatency latency = new EventLatency(now::get);

    private void after(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void halfAndAllButOneOfAHundred() {
        assertThat(latency.percentile(50)).isEmpty();
        for (int n = 100; n >= 1; n--) {
            latency.note(Duration.ofMillis(n));
        }
        assertThat(latency.percentile(50)).hasValue(50);
        assertThat(latency.percentile(99)).hasValue(99);
        assertThat(latency.percentile(100)).hasValue(100);
        assertThat(latency.events()).isEqualTo(100);
    }

    @Test
    void oneIsBoth() {
        latency.note(Duration.ofNanos(1_234_567));
        assertThat(latency.percentile(50)).hasValue(1.234);
        assertThat(latency.percentile(99)).hasValue(1.234);
    }

    @Test
    void aClockThatIsBehindMakesItZeroAndNeverLess() {
        latency.note(Duration.ofSeconds(-5));
        assertThat(latency.percentile(99)).hasValue(0);
    }

    /** The clock passes the end of its numbers meanwhile. */
    @Test
    void whatIsOlderThanTenSecondsIsForgottenButCounted() {
        latency.note(Duration.ofMillis(500));
        after(Duration.ofSeconds(6));
        latency.note(Duration.ofMillis(2));
        assertThat(latency.percentile(99)).hasValue(500);
        after(Duration.ofSeconds(5));
        assertThat(latency.percentile(99)).hasValue(2);
        after(Duration.ofSeconds(6));
        assertThat(latency.percentile(50)).isEmpty();
        assertThat(latency.events()).isEqualTo(2);
    }

    @Test
    void ofMoreThanTheRingHasTheLastOnesCount() {
        latency.note(Duration.ofHours(1));
        for (int n = 0; n < EventLatency.MOST; n++) {
            latency.note(Duration.ofMillis(3));
        }
        assertThat(latency.percentile(100)).hasValue(3);
        assertThat(latency.events()).isEqualTo(EventLatency.MOST + 1L);
    }

    @Test
    void severalThreadsLoseNothing() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                done.add(threads.submit(() -> {
                    for (int n = 0; n < 5_000; n++) {
                        latency.note(Duration.ofMillis(7));
                        assertThat(latency.percentile(50)).hasValue(7);
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        assertThat(latency.events()).isEqualTo(20_000);
    }
}
