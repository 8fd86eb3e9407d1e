package dev.realtime.socketio.timer;

import org.jspecify.annotations.Nullable;

/**
 * Something to do later: planned for one time at most, by the {@link TimerWheel} it was first planned on and no other.
 * Itself the entry in the wheel, so that planning it allocates nothing.
 */
public abstract class Timer {

    // The wheel's, and guarded by it.
    @Nullable
    Timer previous;

    @Nullable
    Timer next;

    long due;
    boolean planned;

    /** The time has come. On the wheel's event loop; must not block. */
    protected abstract void onTime();
}
