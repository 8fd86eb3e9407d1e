package dev.realtime.service.recovery;

/** A session whose connection is on this instance. There is one for every socket, so it is small. */
final class KeptSession {

    final SessionRef ref;
    final LiveSession live;
    private State state = State.ENTERED;
    /** The epoch of the positions that Redis has of it, or an older one. */
    private volatile String epoch;

    KeptSession(SessionRef ref, LiveSession live, String epoch) {
        this.ref = ref;
        this.live = live;
        this.epoch = epoch;
    }

    String epoch() {
        return epoch;
    }

    void epoch(String now) {
        epoch = now;
    }

    enum State {
        /** Being claimed or saved by its connection. */
        ENTERED,
        /** In Redis as it is. */
        SAVED,
        /** Not in Redis, or not as it is. */
        UNSAVED,
        /** On its way to Redis as a whole. */
        SAVING,
        /** Nobody knows what it has missed. */
        LOST,
        /** Its connection is gone, or owns it no longer. */
        GONE
    }

    synchronized State state() {
        return state;
    }

    /** Goes to another state. What is lost or gone stays so: false then. */
    synchronized boolean become(State next) {
        if (state == State.LOST || state == State.GONE) {
            return false;
        }
        state = next;
        return true;
    }

    /** Goes from one state to another; answers false when it is not in that one. */
    synchronized boolean become(State from, State next) {
        return state == from && become(next);
    }

    /** Is gone from now on. Answers what it was. */
    synchronized State leave() {
        State before = state;
        state = State.GONE;
        return before;
    }
}
