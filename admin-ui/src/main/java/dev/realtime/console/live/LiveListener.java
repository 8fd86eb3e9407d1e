package dev.realtime.console.live;

import org.jspecify.annotations.Nullable;

/** Receives the current state every second. */
@FunctionalInterface
public interface LiveListener {

    /**
     * Called on its own thread without the session's lock, so it may wait for the service. Not called again before it
     * has returned.
     *
     * @return updates the page under the session's lock; null if there is nothing to show
     */
    @Nullable
    Runnable prepare(Moment moment);
}
