package dev.realtime.stream.binder.redis.connection;

import java.time.Duration;

/** Pauses between attempts: 50 ms at first, doubled each time up to a limit. Not thread-safe. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(50);

    private final Duration limit;
    private Duration next;

    /** @param limit the longest pause */
    public Backoff(Duration limit) {
        this.limit = limit;
        this.next = min(FIRST);
    }

    /** The next pause. */
    public Duration next() {
        Duration pause = next;
        next = min(next.multipliedBy(2));
        return pause;
    }

    /** Starts over after a success. */
    public void reset() {
        next = min(FIRST);
    }

    private Duration min(Duration pause) {
        return pause.compareTo(limit) < 0 ? pause : limit;
    }
}
