package dev.realtime.socketio.engine.session;

/**
 * Whether any queue has grown to where it is worth telling. Who looks at all queues to tell of the long ones need not look
 * while there are none. Thread-safe.
 */
public final class Backlogs {

    private final long from;
    private volatile boolean noted;

    /** @param from how many bytes make a queue a long one */
    public Backlogs(long from) {
        this.from = from;
    }

    /** A queue, which had so many bytes, has so many now. */
    public void onChange(long before, long now) {
        if (now >= from && before < from) {
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
