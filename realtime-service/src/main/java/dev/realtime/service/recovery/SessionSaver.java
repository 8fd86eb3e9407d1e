package dev.realtime.service.recovery;

import dev.realtime.service.recovery.KeptSession.State;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Saves whole sessions to Redis in their current state, and extends the life of those that Redis has. All methods wait for
 * Redis and throw {@link org.springframework.dao.DataAccessException} if it does not answer, or refuses.
 */
final class SessionSaver {

    private final SessionStore store;
    private final KeptSessions sessions;
    private final Function<Function<StreamId, CompletableFuture<Object>>, CompletableFuture<Object>> atPosition;
    private final Supplier<String> epoch;
    private final Consumer<KeptSession> takenOver;

    /**
     * @param atPosition submits a script at an exact position of the stream
     * @param epoch the current epoch
     * @param takenOver is told of a session that another connection owns now
     */
    SessionSaver(
            SessionStore store,
            KeptSessions sessions,
            Function<Function<StreamId, CompletableFuture<Object>>, CompletableFuture<Object>> atPosition,
            Supplier<String> epoch,
            Consumer<KeptSession> takenOver) {
        this.store = store;
        this.sessions = sessions;
        this.atPosition = atPosition;
        this.epoch = epoch;
        this.takenOver = takenOver;
    }

    /** Saves a session that is in the state SAVING. Returns false if another connection owns it. */
    boolean save(KeptSession session) {
        return isSaved(ScriptQueue.await(submit(session)));
    }

    /** Saves what Redis does not have, or has from another epoch. */
    void saveAll() {
        String now = epoch.get();
        sessions.all().stream()
                .filter(session -> !session.epoch().equals(now) && session.state() == State.SAVED)
                .forEach(sessions::toSave);
        saveUnsaved();
    }

    private void saveUnsaved() {
        Chunks.ask(
                sessions.unsaved(),
                session -> session.become(State.UNSAVED, State.SAVING) ? submit(session) : null,
                (session, answer) -> {});
    }

    /** Extends the life of all saved sessions in Redis, and saves those that it has lost. */
    void touchAll() {
        Chunks.ask(
                sessions.all(),
                session -> session.state() == State.SAVED ? store.touch(session.ref) : null,
                (session, answer) -> {
                    long there = (Long) answer;
                    if (there < 0) {
                        sessions.toSave(session);
                    } else if (there == 0 && session.state() == State.SAVED) {
                        takenOver.accept(session);
                    }
                });
        saveUnsaved();
    }

    /**
     * Submits the current state of a session. Under the fan-out's lock, so that the rooms match the position, and a
     * change that the state does not include is submitted after it.
     */
    private CompletableFuture<Object> submit(KeptSession session) {
        CompletableFuture<Object> answer = atPosition.apply(now -> store.save(snapshot(session, now)));
        answer.whenComplete((saved, failure) -> {
            if (failure != null) {
                if (session.state() == State.SAVING) {
                    sessions.toSave(session);
                }
            } else if (isSaved(saved)) {
                sessions.onSaved(session);
            } else {
                takenOver.accept(session);
            }
        });
        return answer;
    }

    private static boolean isSaved(Object answer) {
        return (Long) answer > 0;
    }

    private NewSession snapshot(KeptSession session, StreamId now) {
        String current = epoch.get();
        session.epoch(current);
        return new NewSession(
                session.ref,
                session.live.socketId(),
                current,
                now,
                now,
                session.nextNumber(),
                session.live.grants(),
                session.live.savedRooms());
    }
}
