package dev.realtime.socketio.engine.session;

/** A budget with a limit of its own, shared with no other session. */
final class OwnBudget implements SessionBudget {

    private final int identifiedBound;
    private int bound;
    private int held;
    private boolean closed;

    OwnBudget(int anonymousBound, int identifiedBound) {
        this.bound = anonymousBound;
        this.identifiedBound = identifiedBound;
    }

    @Override
    public synchronized boolean take(int bytes) {
        if (closed || bytes > bound - held) {
            return false;
        }
        held += bytes;
        return true;
    }

    @Override
    public synchronized void give(int bytes) {
        if (closed) {
            return;
        }
        if (bytes > held) {
            throw new IllegalArgumentException("Cannot release " + bytes + " bytes: only " + held + " are held");
        }
        held -= bytes;
    }

    @Override
    public synchronized void identify(String user) {
        bound = identifiedBound;
    }

    @Override
    public synchronized void close() {
        closed = true;
        held = 0;
    }

    @Override
    public synchronized int held() {
        return held;
    }
}
