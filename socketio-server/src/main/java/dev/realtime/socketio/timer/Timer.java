package dev.realtime.socketio.timer;

import org.jspecify.annotations.Nullable;

/**
 * A task that is scheduled for at most one time, always on the {@link TimerWheel} that scheduled it first. It is itself
 * the wheel's list entry, so that scheduling allocates nothing.
 */
public abstract class Timer {

    // The wheel's fields, guarded by the wheel.
    @Nullable
    Timer previous;

    @Nullable
    Timer next;

    long due;
    boolean planned;

    /** Runs when the timer is due, on the wheel's event loop; must not block. */
    protected abstract void onTime();
}
