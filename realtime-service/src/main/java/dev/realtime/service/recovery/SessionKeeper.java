package dev.realtime.service.recovery;

import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.recovery.KeptSession.State;
import dev.realtime.service.recovery.SessionStore.Changed;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Keeps the sessions whose connections are on this instance in Redis, for as long as the connections live. Only
 * {@link #change} waits; everything else is written to Redis later, within the window, once Redis is available.
 *
 * <p>A session that Redis does not have in its current state, because Redis was unavailable or lost it, is saved again as a
 * whole. From then on, older offsets are refused, since the session's rooms before are unknown.
 *
 * <p>Metric: {@code realtime.recovery.sessions.kept}.
 */
@Component
public final class SessionKeeper extends Beating {

    private static final Logger log = LoggerFactory.getLogger(SessionKeeper.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final SessionStore store;
    private final Farewells farewells;
    private final Takeovers takeovers;
    private final Supplier<String> epoch;
    private final Duration touchEvery;

    private final KeptSessions sessions = new KeptSessions();
    private final SessionSaver saver;

    // The fields below belong to the beat's thread.
    private long touched = System.nanoTime();
    private boolean touchDue;

    @Autowired
    SessionKeeper(
            SessionStore store,
            Farewells farewells,
            Takeovers takeovers,
            FanOut fanOut,
            Epoch epoch,
            RecoveryProperties properties,
            MeterRegistry meters) {
        this(store, farewells, takeovers, fanOut::atPosition, epoch::text, properties, meters);
    }

    /** With functions for the current position and epoch. */
    SessionKeeper(
            SessionStore store,
            Farewells farewells,
            Takeovers takeovers,
            Function<Function<StreamId, CompletableFuture<Object>>, CompletableFuture<Object>> atPosition,
            Supplier<String> epoch,
            RecoveryProperties properties,
            MeterRegistry meters) {
        super("sessions-keeper");
        this.store = store;
        this.farewells = farewells;
        this.takeovers = takeovers;
        this.epoch = epoch;
        this.touchEvery = properties.window().dividedBy(4);
        this.saver = new SessionSaver(store, sessions, atPosition, epoch, this::takenOver);
        Gauge.builder("realtime.recovery.sessions.kept", sessions, KeptSessions::size)
                .description("Sessions whose connections are on this instance")
                .register(meters);
    }

    /**
     * A connection is about to own a session. Called before the claim or the save, so that a takeover reaches the
     * connection from then on.
     */
    public void enter(SessionRef ref, LiveSession session) {
        sessions.enter(new KeptSession(ref, session, epoch.get()));
    }

    /** The session was saved or claimed. */
    public void saved(SessionRef ref) {
        KeptSession session = sessions.find(ref.connection());
        if (session != null) {
            session.become(State.ENTERED, State.SAVED);
        }
    }

    /**
     * The session could not be saved, or its rooms differ from those in Redis: saves its current state as soon as Redis
     * is available. What it missed before cannot be recovered.
     */
    public void unsaved(SessionRef ref) {
        KeptSession session = sessions.find(ref.connection());
        if (session != null) {
            sessions.toSave(session);
        }
    }

    /**
     * Saves the rooms that a session joined and left; after this returns, the change survives the death of this
     * instance. Waits at most 2 s; for virtual threads.
     *
     * @return false if another connection owns the session now, and this one is being ended
     * @throws DataAccessException if Redis does not answer, or refuses. The change may have been saved: a caller that
     *     undoes it calls {@link #unsaved} afterwards
     */
    public boolean change(SessionRef ref, RoomChange change) {
        KeptSession session = sessions.find(ref.connection());
        if (session == null) {
            return false;
        }
        Changed changed = store.change(ref, session.nextNumber(), change);
        if (changed == Changed.MISSING && session.become(State.SAVING)) {
            changed = saver.save(session) ? Changed.DONE : Changed.ANOTHERS;
        }
        if (changed == Changed.DONE) {
            return true;
        }
        if (session.state() != State.LOST) {
            takenOver(session);
        }
        return false;
    }

    /** Whether the session's rooms in Redis may differ from those here, since a change may or may not have been saved. */
    public boolean isUnsaved(SessionRef ref) {
        KeptSession session = sessions.find(ref.connection());
        return session != null && (session.state() == State.UNSAVED || session.state() == State.SAVING);
    }

    /**
     * The connection is gone, and its client may recover the session within the window. Does nothing for a session that
     * never entered.
     */
    public void park(SessionRef ref) {
        leave(ref, Farewells.Kind.PARK);
    }

    /** The session is over for good. */
    public void end(SessionRef ref) {
        leave(ref, Farewells.Kind.END);
    }

    private void leave(SessionRef ref, Farewells.Kind kind) {
        State before = sessions.leave(ref.connection());
        if (before != null) {
            farewells.add(ref, before == State.LOST ? Farewells.Kind.LOST : kind);
            wake();
        }
    }

    /**
     * The connection does not own the session, or no longer: there was none to claim, or another connection owns it.
     */
    public void forget(SessionRef ref) {
        sessions.leave(ref.connection());
    }

    /**
     * This instance missed a part of the stream: no session that is here now can be recovered. The caller must have cut
     * their connections off from live events.
     */
    public void lost() {
        for (KeptSession session : sessions.all()) {
            if (sessions.lose(session)) {
                farewells.add(session.ref, Farewells.Kind.LOST);
            }
        }
        wake();
    }

    /**
     * Ends the connection that owned a session until it was claimed: immediately if it is on this instance, otherwise
     * by a command to its instance. Does nothing if there is none.
     */
    public void endPrevious(SavedSession claimed) {
        Owner previous = claimed.previous();
        if (previous != null) {
            takeovers.end(previous, this::endConnection);
            wake();
        }
    }

    /** Another connection owns a connection's session now. Returns whether the session was here. */
    boolean endConnection(long connection) {
        KeptSession session = sessions.find(connection);
        if (session != null) {
            takenOver(session);
        }
        return session != null;
    }

    private void takenOver(KeptSession session) {
        if (sessions.leave(session.ref.connection()) != null) {
            session.live.onTakenOver();
        }
    }

    @Override
    protected Duration beat() {
        if (!store.isUp()) {
            // Redis may return with less data than it had.
            touchDue = true;
            return INTERVAL;
        }
        try {
            farewells.tell();
            takeovers.tell();
            saver.saveAll();
            if (touchDue || System.nanoTime() - touched >= touchEvery.toNanos()) {
                saver.touchAll();
                touched = System.nanoTime();
                touchDue = false;
            }
        } catch (RuntimeException e) {
            log.debug("Sessions could not be kept in Redis; trying again", e);
        }
        return INTERVAL;
    }

    /**
     * Ends late, after the last sockets have parked their sessions, and before the queue that writes this to Redis
     * (phase 0).
     */
    @Override
    public int getPhase() {
        return 1;
    }

    @Override
    public void stop() {
        stop(FAREWELL);
        farewell(FAREWELL, farewells::tell);
    }
}
