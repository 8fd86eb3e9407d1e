package dev.realtime.stream.binder.redis.consumer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bounds the messages that a reactive function has in its hands. Thread-safe. */
final class InFlightLimit {

    private static final long LOOK_MILLIS = 100;

    private final int limit;
    private final Semaphore free;
    private volatile boolean stopping;

    InFlightLimit(int limit) {
        this.limit = limit;
        this.free = new Semaphore(limit);
    }

    /**
     * Waits until one more may be handed over.
     *
     * @return whether one may; not if aborted
     */
    boolean acquire(CompletableFuture<?> abort) {
        try {
            while (!stopping && !abort.isDone()) {
                if (free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** What to call when the message is done; further calls do nothing. */
    Runnable ended() {
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                free.release();
            }
        };
    }

    /** Hands nothing over any more, and waits for what is in flight. */
    void finish(Duration timeout) {
        stopping = true;
        try {
            if (free.tryAcquire(limit, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                free.release(limit);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
