package dev.realtime.socketio.engine.session;

/**
 * Tells whether any queue has become long, so that scans for long queues can be skipped while there are none.
 * Thread-safe.
 */
public final class Backlogs {

    private final long from;
    private volatile boolean noted;

    /** @param from the size in bytes from which a queue is long */
    public Backlogs(long from) {
        this.from = from;
    }

    /** A queue's size changed. */
    public void onChange(long before, long now) {
        if (now >= from && before < from) {
            noted = true;
        }
    }

    /** Whether any queue has become long since the last call. */
    public boolean take() {
        boolean was = noted;
        // Written only if set: an unconditional write could lose a concurrent note.
        if (was) {
            noted = false;
        }
        return was;
    }
}
