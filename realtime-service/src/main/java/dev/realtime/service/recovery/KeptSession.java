package dev.realtime.service.recovery;

/** A session whose connection is on this instance. There is one for every socket, so it must stay small. */
final class KeptSession {

    final SessionRef ref;
    final LiveSession live;
    private State state = State.ENTERED;
    private int number;
    /** The epoch of the positions that Redis has for the session, or an older epoch. */
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
        /** Redis has it as it is. */
        SAVED,
        /** Redis does not have it, or has an older state. */
        UNSAVED,
        /** Being saved as a whole. */
        SAVING,
        /** What it has missed is unknown. */
        LOST,
        /** Its connection is gone, or no longer owns it. */
        GONE
    }

    synchronized State state() {
        return state;
    }

    /** Changes the state. Returns false if the session is lost or gone, which is final. */
    synchronized boolean become(State next) {
        if (state == State.LOST || state == State.GONE) {
            return false;
        }
        state = next;
        return true;
    }

    /** Changes from one state to another. Returns false if the session is not in the first. */
    synchronized boolean become(State from, State next) {
        return state == from && become(next);
    }

    /** Numbers a change of the rooms, or a save as a whole: each has a larger number than those before. */
    synchronized int nextNumber() {
        return ++number;
    }

    /** Marks the session as gone, and returns its former state. */
    synchronized State leave() {
        State before = state;
        state = State.GONE;
        return before;
    }
}
