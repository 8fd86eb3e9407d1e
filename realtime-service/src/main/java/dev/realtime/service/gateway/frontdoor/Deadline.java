package dev.realtime.service.gateway.frontdoor;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One time limit at a time, on the event loop. Moving it further away is only a store, so it may be moved with every
 * piece of a body.
 */
final class Deadline {

    private final EventExecutor executor;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Runnable action;
    private long due;
    private long timerDue;

    Deadline(EventExecutor executor) {
        this.executor = executor;
    }

    /** Runs the action after that time, instead of whatever was planned before. */
    void set(Duration time, Runnable whenMissed) {
        due = System.nanoTime() + time.toNanos();
        action = whenMissed;
        if (timer != null && timerDue - due > 0) {
            timer.cancel(false);
            timer = null;
        }
        if (timer == null) {
            schedule();
        }
    }

    void clear() {
        action = null;
    }

    /** Clears it and gives the timer back; for the end of the connection. */
    void close() {
        action = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void schedule() {
        timerDue = due;
        timer = executor.schedule(this::fire, due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void fire() {
        timer = null;
        Runnable missed = action;
        if (missed == null) {
            return;
        }
        if (due - System.nanoTime() > 0) {
            schedule();
            return;
        }
        action = null;
        missed.run();
    }
}
