package dev.realtime.console.live;

import org.jspecify.annotations.Nullable;

/** Somebody who is told each second how things stand. */
@FunctionalInterface
public interface LiveListener {

    /**
     * Called on a thread of its own, without the session's lock: it may wait for the service. It is not called again
     * before it has returned.
     *
     * @return what is to be done with the page, under the session's lock; null when there is nothing to show
     */
    @Nullable
    Runnable prepare(Moment moment);
}
