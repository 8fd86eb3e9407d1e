package dev.realtime.stream.binder.redis.consumer;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * How many entries to ask for in one read: fewer after a read that had no answer or took long to arrive, and step by step more
 * again. Not thread-safe.
 */
final class ReadSize {

    /** A reply that takes longer to arrive is too large. */
    private static final long LONGEST = Duration.ofSeconds(1).toNanos();

    private final int most;
    private int count;

    /** @param most the most entries of one read */
    ReadSize(int most) {
        this.most = most;
        this.count = most;
    }

    int next() {
        return count;
    }

    /**
     * A read succeeded.
     *
     * @param entries the entries it returned
     * @param arriving the time between the first and the last bytes of its reply
     */
    void succeeded(int entries, Duration arriving) {
        if (arriving.toNanos() > LONGEST) {
            count = (int) Math.max(1, Math.min(most, entries * LONGEST / arriving.toNanos()));
        } else if (arriving.toNanos() < LONGEST / 4) {
            count = Math.min(2 * count, most);
        }
    }

    /** A read failed. Only the lack of an answer tells something about the size. */
    void failed(RuntimeException failure) {
        if (failure.getCause() instanceof TimeoutException) {
            count = Math.max(1, count / 4);
        }
    }
}
