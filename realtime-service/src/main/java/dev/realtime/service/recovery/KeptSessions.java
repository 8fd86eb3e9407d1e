package dev.realtime.service.recovery;

import dev.realtime.service.recovery.KeptSession.State;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions whose connections are on this instance, and which of them must be saved to Redis. Thread-safe. */
final class KeptSessions {

    private final Map<Long, KeptSession> byConnection = new ConcurrentHashMap<>();
    private final Set<KeptSession> unsaved = ConcurrentHashMap.newKeySet();

    void enter(KeptSession session) {
        byConnection.put(session.ref.connection(), session);
    }

    @Nullable
    KeptSession find(long connection) {
        return byConnection.get(connection);
    }

    /**
     * Removes a session whose connection is gone or does not own it. Returns its former state; null if it is not here.
     */
    @Nullable
    State leave(long connection) {
        KeptSession session = byConnection.remove(connection);
        if (session == null) {
            return null;
        }
        State before = session.leave();
        unsaved.remove(session);
        return before;
    }

    /** Notes that Redis does not have the session's current state. */
    void toSave(KeptSession session) {
        if (session.become(State.UNSAVED)) {
            unsaved.add(session);
        }
        forgetIfOver(session);
    }

    /** Notes that Redis has the state that was submitted; another save may have failed since. */
    void onSaved(KeptSession session) {
        if (session.become(State.SAVING, State.SAVED)) {
            unsaved.remove(session);
            if (session.state() == State.UNSAVED) {
                unsaved.add(session);
            }
        }
        forgetIfOver(session);
    }

    /** Sessions that were lost or left meanwhile are not saved. */
    private void forgetIfOver(KeptSession session) {
        State now = session.state();
        if (now == State.LOST || now == State.GONE) {
            unsaved.remove(session);
        }
    }

    /** Marks a session as lost, since what it has missed is unknown. Returns false if it was lost or gone already. */
    boolean lose(KeptSession session) {
        boolean lost = session.become(State.LOST);
        forgetIfOver(session);
        return lost;
    }

    Collection<KeptSession> all() {
        return byConnection.values();
    }

    Collection<KeptSession> unsaved() {
        return unsaved;
    }

    int size() {
        return byConnection.size();
    }
}
