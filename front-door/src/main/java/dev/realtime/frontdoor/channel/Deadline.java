package dev.realtime.frontdoor.channel;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One deadline at a time, on the event loop. Postponing it is only a field write, so it may be moved for every piece of
 * a body.
 */
public final class Deadline {

    private final EventExecutor executor;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Runnable action;
    private long due;
    private long timerDue;

    /** Starts without a deadline, on this event loop. */
    public Deadline(EventExecutor executor) {
        this.executor = executor;
    }

    /** Runs the action after that time, in place of any earlier deadline. */
    public void set(Duration time, Runnable whenMissed) {
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

    /** Removes the deadline. */
    public void clear() {
        action = null;
    }

    /** Removes the deadline and cancels the timer; for the end of the connection. */
    public void close() {
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
