package dev.realtime.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private Instant now = Instant.EPOCH;
    private final LoginThrottle throttle = new LoginThrottle(() -> now, 100);

    @Test
    void theFirstFiveMayFollowEachOther() {
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.begin("irina", "10.0.0." + i)).isTrue();
        }
        assertThat(throttle.begin("irina", "10.0.0.9")).isFalse();
    }

    @Test
    void thenTheWaitsGrow() {
        fail(5);
        for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
            pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(begin()).as("before %s s", seconds).isFalse();
            pass(Duration.ofMillis(1));
            assertThat(begin()).as("after %s s", seconds).isTrue();
        }
    }

    @Test
    void anHourLaterItIsForgotten() {
        fail(5);
        pass(LoginThrottle.MEMORY.plusSeconds(1));
        fail(5);
        assertThat(begin()).isFalse();
    }

    @Test
    void successClearsTheName() {
        fail(4);
        assertThat(begin()).isTrue();
        throttle.succeeded("irina", "10.0.0.1");
        assertThat(throttle.begin("irina", "10.0.0.2")).isTrue();
    }

    @Test
    void onesOwnSuccessIsNoRoomForGuessingAtOthers() {
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.begin("victim" + i, "10.0.0.1"))
                    .as("guess %s", i)
                    .isTrue();
            if (i < 4) {
                assertThat(throttle.begin("own", "10.0.0.1")).isTrue();
                throttle.succeeded("own", "10.0.0.1");
            }
        }
        assertThat(throttle.begin("victim5", "10.0.0.1")).isFalse();
    }

    @Test
    void anAddressIsThrottledWhateverTheNames() {
        for (int i = 0; i < 5; i++) {
            throttle.begin("name" + i, "2001:db8:0:1:0:0:0:" + i);
        }
        assertThat(throttle.begin("another", "2001:db8:0:1:ffff:0:0:1")).isFalse();
        assertThat(throttle.begin("another", "2001:db8:0:2:0:0:0:1")).isTrue();
    }

    @Test
    void thoseAtTheSameTimeAreCountedToo() throws InterruptedException {
        var let = new AtomicInteger();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                String address = "10.0." + i + ".1";
                threads.submit(() -> {
                    start.await();
                    return throttle.begin("irina", address) ? let.incrementAndGet() : 0;
                });
            }
            start.countDown();
        }
        assertThat(let).hasValue(5);
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 1000; i++) {
            throttle.begin("name" + i, "10.0.0." + i);
            throttle.begin("x".repeat(1000 + i), "10.1.0." + i);
        }
        assertThat(throttle.size()).isEqualTo(100);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(begin()).isTrue();
        }
    }

    private boolean begin() {
        return throttle.begin("irina", "10.0.0.1");
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
