package dev.realtime.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With a clock that stands until it is moved. */
class EventRateTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(-SECOND);

    private int taken(EventRate rate, int tries) {
        return (int) IntStream.range(0, tries).filter(n -> rate.take()).count();
    }

    @Test
    void whatIsNotUsedIsNotSavedBeyondTheBurst() {
        EventRate rate = new EventRate(10, 20, now::get);
        now.addAndGet(3_600 * SECOND);
        assertThat(taken(rate, 100)).isEqualTo(20);
    }

    @Test
    void whatIsRefusedCostsNothing() {
        EventRate rate = new EventRate(10, 20, now::get);
        taken(rate, 10_000);
        now.addAndGet(SECOND);
        assertThat(taken(rate, 100)).isEqualTo(10);
    }

    @Test
    void aBurstOfOneIsEvenlySpaced() {
        EventRate rate = new EventRate(4, 1, now::get);
        assertThat(taken(rate, 10)).isEqualTo(1);
        now.addAndGet(SECOND / 4 - 1);
        assertThat(rate.take()).isFalse();
        now.addAndGet(1);
        assertThat(taken(rate, 10)).isEqualTo(1);
    }

    @Test
    void itIsTheSameAcrossTheEndOfTheClocksRange() {
        now.set(Long.MAX_VALUE - SECOND / 2);
        EventRate rate = new EventRate(10, 20, now::get);
        assertThat(taken(rate, 100)).isEqualTo(20);
        now.addAndGet(SECOND);
        assertThat(taken(rate, 100)).isEqualTo(10);
    }

    @Test
    void manyThreadsTakeNoMoreThanThereAre() {
        EventRate rate = new EventRate(1_000, 5_000, now::get);
        AtomicInteger taken = new AtomicInteger();
        IntStream.range(0, 20_000).parallel().forEach(n -> {
            if (rate.take()) {
                taken.incrementAndGet();
            }
        });
        assertThat(taken).hasValue(5_000);
    }
}
