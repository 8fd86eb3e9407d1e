package dev.realtime.frontdoor.body;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Checks that a client sends its request body fast enough. A body has a deadline: the start allowance plus its length
 * at the minimum rate. After the allowance, each window of five seconds must also bring the minimum rate. Fast bytes
 * earn no credit: a client that sends most of a body at once must still send the rest in time.
 *
 * <p>A window in which the front door held the client back is not counted, and extends the deadline by its length.
 */
public final class BodyPace {

    static final Duration WINDOW = Duration.ofSeconds(5);

    private static final double NANOS = 1e9;

    private final long allowanceNanos;
    private final long bytesPerSecond;
    private final long largest;
    private final LongSupplier clock;
    private long deadline;
    private long windowStart;
    private long windowEnd;
    private boolean allowance;
    private long received;

    /**
     * The pace of one connection's bodies.
     *
     * @param allowance the time a client gets in addition to its body's length at the minimum rate
     * @param bytesPerSecond the minimum rate
     * @param largest the length assumed for a chunked body, in bytes
     * @param clock nanoseconds
     */
    public BodyPace(Duration allowance, long bytesPerSecond, long largest, LongSupplier clock) {
        this.allowanceNanos = allowance.toNanos();
        this.bytesPerSecond = bytesPerSecond;
        this.largest = largest;
        this.clock = clock;
    }

    /** A body begins; its length is negative if it is chunked and then counts as the largest body. */
    public void start(long length) {
        long now = clock.getAsLong();
        long bytes = length < 0 ? largest : length;
        deadline = now + allowanceNanos + (long) (bytes * NANOS / bytesPerSecond);
        windowStart = now;
        windowEnd = now + allowanceNanos;
        allowance = true;
        received = 0;
    }

    /** A piece of the body has arrived. */
    public void received(int bytes) {
        received += bytes;
    }

    /** How long until {@link #overdue} must be called; not negative. */
    public Duration patience() {
        return Duration.ofNanos(Math.max(0, Math.min(windowEnd, deadline) - clock.getAsLong()));
    }

    /**
     * Judges the window that ends now and begins the next one.
     *
     * @param heldBack whether the front door itself paused the body during the window
     * @return whether the client is too slow
     */
    public boolean overdue(boolean heldBack) {
        long now = clock.getAsLong();
        if (heldBack) {
            deadline += now - windowStart;
        } else if (now - deadline >= 0) {
            return true;
        } else if (now - windowEnd < 0) {
            return false;
        } else if (!allowance && received * NANOS < (double) bytesPerSecond * (now - windowStart)) {
            return true;
        }
        windowStart = now;
        windowEnd = now + WINDOW.toNanos();
        allowance = false;
        received = 0;
        return false;
    }
}
