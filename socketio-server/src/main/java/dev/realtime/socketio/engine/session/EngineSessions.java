package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.RefusedException;
import dev.realtime.socketio.engine.wire.RequestError;
import dev.realtime.socketio.timer.TimerWheels;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The open sessions, by id. */
public final class EngineSessions {

    private static final int ID_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final String idPrefix;
    private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final Backlogs backlogs;
    private final EngineSettings settings;
    private final SessionLimits limits;
    private final ClientBounds bounds;
    private final EngineObserver observer;
    private final TimerWheels timers;
    private volatile BooleanSupplier refusing = () -> false;

    /**
     * @param limits what each session may send
     * @param bounds the limits across several sessions of a client
     * @param idPrefix the prefix of every session's id, such as the name of the instance that has the session; may be
     *     empty
     * @param backlogs is notified of every change of a queue's size
     */
    public EngineSessions(
            EngineSettings settings,
            SessionLimits limits,
            ClientBounds bounds,
            EngineObserver observer,
            String idPrefix,
            Backlogs backlogs) {
        this.settings = settings;
        this.limits = limits;
        this.bounds = bounds;
        this.observer = observer;
        this.idPrefix = idPrefix;
        this.backlogs = backlogs;
        this.timers = new TimerWheels(settings.timerTick());
    }

    public EngineSettings settings() {
        return settings;
    }

    /** Whether any session's queue has become long. */
    public Backlogs backlogs() {
        return backlogs;
    }

    /** The bytes queued for all clients; a packet for many clients counts once for each. */
    public long queuedBytes() {
        long bytes = 0;
        for (EngineSession session : sessions.values()) {
            bytes += session.queuedBytes();
        }
        return bytes;
    }

    public int size() {
        return sessions.size();
    }

    /** A snapshot of the sessions, weakly consistent. */
    public Collection<EngineSession> all() {
        return List.copyOf(sessions.values());
    }

    @Nullable
    public EngineSession find(String id) {
        return sessions.get(id);
    }

    /** Refuses new sessions with 503 while the condition holds; the condition is evaluated on event loops. */
    public void refuseWhile(BooleanSupplier condition) {
        refusing = condition;
    }

    /**
     * Creates a session, which must be started or ended. Refused if its address has too many sessions without an
     * identity, or while the condition of {@link #refuseWhile} holds.
     */
    public EngineSession create(Handshake handshake, EventLoop home) throws RefusedException {
        if (refusing.getAsBoolean()) {
            throw new RefusedException(RequestError.DRAINING);
        }
        InetAddress client = handshake.clientAddress();
        if (!bounds.mayOpen(client)) {
            throw new RefusedException(RequestError.TOO_MANY_SESSIONS);
        }
        EngineSession session = new EngineSession(
                idPrefix + randomText(ID_BYTES),
                handshake,
                settings,
                this,
                home,
                timers.of(home),
                new TokenBucket(limits.packetsPerSecond(), limits.packetBurst(), System.nanoTime()),
                new Standing(bounds.open(client), bounds, client, limits));
        sessions.put(session.id(), session);
        return session;
    }

    /** The session has ended. */
    public void remove(EngineSession session, EndReason reason) {
        if (sessions.remove(session.id(), session)) {
            observer.ended(reason);
        }
    }

    private String randomText(int bytes) {
        byte[] text = new byte[bytes];
        random.nextBytes(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
}
