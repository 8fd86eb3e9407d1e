package dev.realtime.service.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    @Test
    void waitsForTheNextMark() {
        assertThat(Heartbeat.toMark(1_250, 1_000)).isEqualTo(750);
        assertThat(Heartbeat.toMark(2_000, 1_000)).isEqualTo(1_000);
        // System.nanoTime() may be negative.
        assertThat(Heartbeat.toMark(-250, 1_000)).isEqualTo(250);
        assertThat(Heartbeat.toMark(1_250, 0)).isZero();
    }

    @Test
    void beatsAtOnceWhenItIsWoken() throws InterruptedException {
        Semaphore beats = new Semaphore(0);
        Heartbeat heartbeat = new Heartbeat("test", () -> {
            beats.release();
            return Duration.ofDays(1);
        });
        heartbeat.start();
        try {
            assertThat(beats.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            heartbeat.wake();
            assertThat(beats.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            heartbeat.stop(Duration.ofSeconds(10));
        }
    }
}
