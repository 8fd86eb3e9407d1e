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
    void theFirstFiveAttemptsNeedNotWait() {
        fail(5);
        assertThat(begin()).isFalse();
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
    void failuresAreForgottenAfterAnHour() {
        fail(5);
        pass(LoginThrottle.MEMORY.plusSeconds(1));
        fail(5);
        assertThat(begin()).isFalse();
    }

    @Test
    void successClearsTheNameAtItsAddress() {
        fail(4);
        assertThat(begin()).isTrue();
        throttle.succeeded("irina", "10.0.0.1");
        assertThat(begin()).isTrue();
    }

    /** One attempt at each expiry, from each of a thousand addresses, for an hour. */
    @Test
    void strangersLockNobodyOut() {
        LoginThrottle bounded = new LoginThrottle(() -> now, 10_000);
        assertThat(bounded.begin("admin", "192.0.2.7")).isTrue();
        bounded.succeeded("admin", "192.0.2.7");
        for (int second = 0; second < 3_600; second++) {
            for (int i = 0; i < 10; i++) {
                int address = (second * 10 + i) % 1_000;
                bounded.begin("admin", "10.1." + address / 250 + "." + address % 250);
            }
            pass(Duration.ofSeconds(1));
        }

        assertThat(bounded.begin("admin", "192.0.2.7"))
                .as("where admin has logged in before")
                .isTrue();
        assertThat(bounded.begin("admin", "192.0.2.8")).as("from elsewhere").isTrue();
        assertThat(bounded.begin("admin", "10.1.0.1"))
                .as("from a stranger's address")
                .isFalse();
    }

    @Test
    void anAddressHasALimitForAllNames() {
        for (int i = 0; i < LoginThrottle.FREE_FAILURES_OF_ADDRESS; i++) {
            assertThat(throttle.begin("name" + i, "2001:db8:0:1:0:0:0:" + i)).isTrue();
        }
        assertThat(throttle.begin("another", "2001:db8:0:1:ffff:0:0:1")).isFalse();
        assertThat(throttle.begin("another", "2001:db8:0:2:0:0:0:1")).isTrue();
        pass(LoginThrottle.ADDRESS_RECOVERS);
        assertThat(throttle.begin("another", "2001:db8:0:1:0:0:0:1")).isTrue();
        assertThat(throttle.begin("one more", "2001:db8:0:1:0:0:0:1")).isFalse();
    }

    @Test
    void knownNamesAreExemptFromTheLimitOfAnAddress() {
        assertThat(begin()).isTrue();
        throttle.succeeded("irina", "10.0.0.1");
        for (int i = 0; i < 200; i++) {
            throttle.begin("name" + i, "10.0.0.1");
        }
        assertThat(throttle.begin("oleg", "10.0.0.1")).isFalse();
        assertThat(begin()).isTrue();
    }

    @Test
    void ownLoginsDoNotAllowMoreGuessesAtOthers() {
        int guesses = 0;
        for (int i = 0; i < 500; i++) {
            if (throttle.begin("victim" + i, "10.0.0.1")) {
                guesses++;
            }
            if (throttle.begin("own", "10.0.0.1")) {
                throttle.succeeded("own", "10.0.0.1");
            }
        }
        assertThat(guesses).isEqualTo(LoginThrottle.FREE_FAILURES_OF_ADDRESS);
    }

    @Test
    void anAbandonedAttemptIsNotAFailure() {
        for (int i = 0; i < 100; i++) {
            assertThat(begin()).isTrue();
            throttle.givenUp("irina", "10.0.0.1");
        }
        fail(5);
    }

    @Test
    void countsConcurrentAttempts() throws InterruptedException {
        var let = new AtomicInteger();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                threads.submit(() -> {
                    start.await();
                    return begin() ? let.incrementAndGet() : 0;
                });
            }
            start.countDown();
        }
        assertThat(let).hasValue(5);
    }

    @Test
    void memoryIsBoundedAndFailuresDisplaceNoSuccess() {
        assertThat(begin()).isTrue();
        throttle.succeeded("irina", "10.0.0.1");
        for (int i = 0; i < 1000; i++) {
            throttle.begin("name" + i, "10.0.0." + i);
            throttle.begin("x".repeat(1000 + i), "10.1.0." + i);
        }
        assertThat(throttle.size()).isEqualTo(100);
        assertThat(throttle.isKnown("irina", "10.0.0.1")).isTrue();
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
