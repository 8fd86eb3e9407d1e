package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.Room;
import dev.realtime.service.gateway.sockets.Session.Resumed;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.position.InvalidPositionException;
import dev.realtime.service.position.Position;
import dev.realtime.service.recovery.Claim;
import dev.realtime.service.recovery.LiveSession;
import dev.realtime.service.recovery.MissedEvents;
import dev.realtime.service.recovery.Pid;
import dev.realtime.service.recovery.RecoveryMetrics;
import dev.realtime.service.recovery.RecoveryMetrics.Refusal;
import dev.realtime.service.recovery.RecoveryProperties;
import dev.realtime.service.recovery.SavedSession;
import dev.realtime.service.recovery.SessionKeeper;
import dev.realtime.service.recovery.SessionRef;
import dev.realtime.service.recovery.SessionStore;
import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.server.NamespaceSocket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Decides whether a connection recovers its client's session or begins a new one. Waits for Redis, in the connection's
 * mailbox.
 */
@Component
final class Comebacks {

    private static final Logger log = LoggerFactory.getLogger(Comebacks.class);

    /** How long a reconnecting client waits for Redis before it is asked to try again. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final SessionStore store;
    private final SessionKeeper keeper;
    private final MissedEvents missed;
    private final Sockets sockets;
    private final RecoveryMetrics metrics;
    private final boolean enabled;

    Comebacks(
            SessionStore store,
            SessionKeeper keeper,
            MissedEvents missed,
            Sockets sockets,
            RecoveryMetrics metrics,
            RecoveryProperties properties) {
        this.store = store;
        this.keeper = keeper;
        this.missed = missed;
        this.sockets = sockets;
        this.metrics = metrics;
        this.enabled = properties.enabled();
    }

    /** It is not known whether the client recovers its session. */
    static final class UndecidedException extends Exception {

        private UndecidedException() {
            super("Redis is unavailable", null, false, false);
        }
    }

    /** Whether this client can recover sessions. */
    boolean mayComeBack(NamespaceSocket socket) {
        return enabled && socket.session().handshake().revision() == Revision.V4;
    }

    /** Counts a client that reconnects without a token: it gets a new session once it authenticates. */
    void withoutIdentity(@Nullable ReturnArgument comesBack) {
        if (comesBack != null) {
            metrics.asked();
            metrics.refused(Refusal.NO_IDENTITY);
        }
    }

    /** Begins a new session. The client knows the session by its private id. */
    Session begin(Identity identity, Pid pid) {
        return new Session(store.ref(identity.userKey(), pid), null);
    }

    /** Parks the session of a connection that was refused after all, so that the client may recover it later. */
    void giveBack(Session session) {
        keeper.park(session.ref());
    }

    /**
     * Finds the session of a client with an identity, and gives the socket the session's ids.
     *
     * @param comesBack what the client said about its former session; null if it said nothing
     * @throws UndecidedException if Redis is unavailable for too long, or the client has disconnected
     */
    Session find(NamespaceSocket socket, Identity identity, @Nullable ReturnArgument comesBack)
            throws UndecidedException {
        if (comesBack != null) {
            metrics.asked();
            Session found = resume(socket, identity, comesBack);
            if (found != null) {
                return found;
            }
        }
        Pid pid = Pid.random();
        socket.become(socket.id(), pid.secret());
        return begin(identity, pid);
    }

    private @Nullable Session resume(NamespaceSocket socket, Identity identity, ReturnArgument comesBack)
            throws UndecidedException {
        Pid pid = Pid.parse(comesBack.privateId()).orElse(null);
        if (pid == null) {
            metrics.refused(Refusal.UNKNOWN);
            return null;
        }
        SessionRef ref = store.ref(identity.userKey(), pid);
        keeper.enter(ref, new Claimant(socket));
        Session found = resume(socket, ref, pid, comesBack);
        if (found == null) {
            keeper.forget(ref);
        }
        return found;
    }

    /** A connection between its claim and its entrance. Meanwhile another connection may claim the session. */
    private record Claimant(NamespaceSocket socket) implements LiveSession {

        @Override
        public String socketId() {
            return socket.id().toString();
        }

        @Override
        public String grants() {
            return "";
        }

        @Override
        public Collection<Room> savedRooms() {
            return List.of();
        }

        @Override
        public void onTakenOver() {
            socket.abandon();
        }
    }

    private @Nullable Session resume(NamespaceSocket socket, SessionRef ref, Pid pid, ReturnArgument comesBack)
            throws UndecidedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                SavedSession saved = claim(ref);
                Resumed resumed = saved == null ? null : resumed(ref, saved, comesBack.offset());
                if (resumed == null) {
                    return null;
                }
                socket.become(UUID.fromString(resumed.saved().socketId()), pid.secret());
                return new Session(ref, resumed);
            } catch (DataAccessException e) {
                if (!socket.isOpen() || System.nanoTime() > deadline || !pause()) {
                    keeper.park(ref);
                    refuse(ref, Refusal.AWAY);
                    throw new UndecidedException();
                }
            }
        }
    }

    private @Nullable SavedSession claim(SessionRef ref) {
        return switch (store.claim(ref)) {
            case Claim.Found(SavedSession saved) -> {
                // A socket of this session on this instance must leave before the new socket enters under the same id.
                keeper.endPrevious(saved);
                sockets.awaitTurn(saved.socketId());
                yield saved;
            }
            case Claim.Lost() -> {
                refuse(ref, Refusal.CONTINUITY);
                yield null;
            }
            case Claim.Unknown() -> {
                refuse(ref, Refusal.UNKNOWN);
                yield null;
            }
        };
    }

    private @Nullable Resumed resumed(SessionRef ref, SavedSession saved, @Nullable String offset) {
        int restarts = missed.restarts();
        Position birth = new Position(saved.epoch(), saved.birth());
        Position named = null;
        if (offset != null) {
            try {
                named = Position.parse(offset);
            } catch (InvalidPositionException e) {
                return refused(ref, Refusal.POSITION_INVALID);
            }
        }
        // An offset from before the birth is from an older session; this session is not entitled to events from before
        // its birth.
        Position from = named == null || isBefore(named, birth) ? birth : named;
        Refusal refusal = judge(from);
        if (refusal == Refusal.EPOCH && !from.epoch().equals(birth.epoch())) {
            // The offset is from before Redis lost data, and the client has received nothing of this session yet.
            from = birth;
            refusal = judge(from);
        }
        if (refusal == null && !saved.reaches(named)) {
            refusal = Refusal.CONTINUITY;
        }
        return refusal == null ? new Resumed(saved, from.id(), restarts) : refused(ref, refusal);
    }

    private static boolean isBefore(Position one, Position other) {
        return one.epoch().equals(other.epoch()) && one.id().compareTo(other.id()) < 0;
    }

    /** Ends a session that cannot be recovered because the events it missed are unknown. */
    private @Nullable Resumed refused(SessionRef ref, Refusal refusal) {
        keeper.end(ref);
        refuse(ref, refusal);
        return null;
    }

    private void refuse(SessionRef ref, Refusal refusal) {
        log.debug("Session {} is not recovered: {}", ref, refusal);
        metrics.refused(refusal);
    }

    private @Nullable Refusal judge(Position position) {
        return switch (missed.judge(position)) {
            case HELD -> null;
            case EXPIRED -> Refusal.EXPIRED;
            case OTHER_EPOCH -> Refusal.EPOCH;
        };
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
