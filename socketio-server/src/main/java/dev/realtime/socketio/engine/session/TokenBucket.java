package dev.realtime.socketio.engine.session;

/** A rate with a burst: a full bucket at first, one token for each packet, refilled evenly. Not thread-safe. */
public final class TokenBucket {

    private static final long NANOS = 1_000_000_000L;

    private final long nanosPerToken;
    private final long capacityNanos;
    /** How much time the tokens in the bucket stand for. */
    private long savedNanos;

    private long lastNanos;

    /** A bucket that is full at this time of {@link System#nanoTime}. */
    public TokenBucket(int perSecond, int burst, long nowNanos) {
        nanosPerToken = Math.max(1, NANOS / perSecond);
        capacityNanos = nanosPerToken * burst;
        savedNanos = capacityNanos;
        lastNanos = nowNanos;
    }

    /** Takes a token; false when there is none. */
    public boolean take(long nowNanos) {
        return take(1, nowNanos);
    }

    /** Takes so many tokens; false, and none is taken, when there are fewer. */
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
