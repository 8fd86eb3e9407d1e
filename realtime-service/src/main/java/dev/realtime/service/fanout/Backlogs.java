package dev.realtime.service.fanout;

import dev.realtime.contracts.SocketPresence;

/**
 * Whether any queue has grown to where it is worth telling, the first of {@link SocketPresence#QUEUE_STEPS}. Who looks at
 * all queues to tell of the long ones need not look while there are none. Thread-safe.
 */
public final class Backlogs {

    private static final long FROM = SocketPresence.QUEUE_STEPS.getFirst();

    private volatile boolean noted;

    /** A queue, which had so many bytes, has so many now. */
    public void onChange(long before, long now) {
        if (now >= FROM && before < FROM) {
            noted = true;
        }
    }

    /** Whether one has grown to there since this was last asked. */
    public boolean take() {
        boolean was = noted;
        // Left alone when there was nothing: what is noted in between would be lost.
        if (was) {
            noted = false;
        }
        return was;
    }
}
