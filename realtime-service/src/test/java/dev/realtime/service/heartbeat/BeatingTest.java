package dev.realtime.service.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BeatingTest {

    @Test
    void isLivelyForASecondAndWokenFromItsRest() throws InterruptedException {
        Semaphore rests = new Semaphore(0);
        Semaphore lively = new Semaphore(0);
        Beating beating = new Beating("test") {
            @Override
            protected Duration beat() {
                if (isLively()) {
                    lively.release();
                    return Duration.ofMillis(10);
                }
                rests.release();
                return Duration.ofDays(1);
            }
        };
        beating.start();
        try {
            assertThat(rests.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            lively.drainPermits();
            beating.stir();
            assertThat(lively.tryAcquire(5, 10, TimeUnit.SECONDS)).isTrue();
            assertThat(rests.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            beating.stop();
        }
    }
}
