package dev.realtime.service.gateway.frontdoor;

import java.time.Duration;

/**
 * Whether a client sends its body fast enough: no pause longer than the body timeout, and on average the least rate, with
 * one body timeout in hand. Pauses alone would let a client keep a request open for days with a byte at a time.
 */
final class BodyPace {

    private static final double NANOS = 1e9;

    private final long pauseNanos;
    private final long bytesPerSecond;
    private long startNanos;
    private long received;

    BodyPace(FrontDoorProperties.Tuning tuning) {
        pauseNanos = tuning.bodyTimeout().toNanos();
        bytesPerSecond = tuning.minBodyRate().toBytes();
    }

    /** A body begins, or is let go on after we held it. */
    void start() {
        startNanos = System.nanoTime();
        received = 0;
    }

    /** A piece of the body came. */
    void received(int bytes) {
        received += bytes;
    }

    /** How long the next piece may take from now on; not negative. */
    Duration patience() {
        long earned = (long) (received * NANOS / bytesPerSecond);
        long left = startNanos + pauseNanos + earned - System.nanoTime();
        return Duration.ofNanos(Math.clamp(left, 0, pauseNanos));
    }
}
