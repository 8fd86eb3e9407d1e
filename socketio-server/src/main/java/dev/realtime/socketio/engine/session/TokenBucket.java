package dev.realtime.socketio.engine.session;

/**
 * A rate limit with a burst: a bucket that is full at first, loses one token per packet, and refills evenly. Not
 * thread-safe.
 */
public final class TokenBucket {

    private static final long NANOS = 1_000_000_000L;

    private final long nanosPerToken;
    private final long capacityNanos;
    /** The tokens in the bucket, as the time that refills them. */
    private long savedNanos;

    private long lastNanos;

    /** A bucket that is full at this {@link System#nanoTime}. */
    public TokenBucket(int perSecond, int burst, long nowNanos) {
        nanosPerToken = Math.max(1, NANOS / perSecond);
        capacityNanos = nanosPerToken * burst;
        savedNanos = capacityNanos;
        lastNanos = nowNanos;
    }

    /** Takes a token; false if there is none. */
    public boolean take(long nowNanos) {
        return take(1, nowNanos);
    }

    /** Takes this many tokens; false, without taking any, if there are fewer. */
    public boolean take(int tokens, long nowNanos) {
        savedNanos = Math.min(capacityNanos, savedNanos + Math.max(0, nowNanos - lastNanos));
        lastNanos = nowNanos;
        long taken = nanosPerToken * tokens;
        if (savedNanos < taken) {
            return false;
        }
        savedNanos -= taken;
        return true;
    }
}
