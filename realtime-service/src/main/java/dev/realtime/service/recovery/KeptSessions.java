package dev.realtime.service.recovery;

import dev.realtime.service.recovery.KeptSession.State;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions whose connections are on this instance, and which of them Redis does not have as they are. Thread-safe. */
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

    /** Takes out a session whose connection is gone, or does not own it; answers what it was, null when it is not here. */
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

    /** Redis does not have it as it is. */
    void toSave(KeptSession session) {
        if (session.become(State.UNSAVED)) {
            unsaved.add(session);
        }
        forgetIfOver(session);
    }

    /** Redis has it as it was when it was submitted; perhaps something has failed since. */
    void onSaved(KeptSession session) {
        if (session.become(State.SAVING, State.SAVED)) {
            unsaved.remove(session);
            if (session.state() == State.UNSAVED) {
                unsaved.add(session);
            }
        }
        forgetIfOver(session);
    }

    /** Whoever left or was lost meanwhile is not to be saved. */
    private void forgetIfOver(KeptSession session) {
        State now = session.state();
        if (now == State.LOST || now == State.GONE) {
            unsaved.remove(session);
        }
    }

    /** Nobody knows what it has missed. Answers false when that was known already, or it is gone. */
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
