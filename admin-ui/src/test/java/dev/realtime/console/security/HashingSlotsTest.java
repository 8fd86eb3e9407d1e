package dev.realtime.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HashingSlotsTest {

    @Test
    void strangersDoNotOccupySlotsOfKnownUsers() throws Exception {
        var slots = new HashingSlots(1, Duration.ZERO);
        var busy = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> slots.run(false, () -> hold(busy, end)));
            busy.await();

            assertThatThrownBy(() -> slots.run(false, () -> true)).isInstanceOf(HashingSlots.NoSlotException.class);
            assertThat(slots.run(true, () -> true)).isTrue();
            end.countDown();
        }
        assertThat(slots.run(false, () -> true)).isTrue();
    }

    @Test
    void runsAtMostAsManyTasksAsSlots() {
        var slots = new HashingSlots(2, Duration.ofMinutes(1));
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                threads.submit(() -> slots.run(false, () -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    return now.decrementAndGet() == 0;
                }));
            }
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    private static boolean hold(CountDownLatch busy, CountDownLatch end) {
        busy.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
