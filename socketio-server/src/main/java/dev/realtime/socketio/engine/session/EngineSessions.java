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

/** The sessions that are open, by their ids. */
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
     * @param bounds what a client may do with several sessions
     * @param idPrefix what every session's id begins with, such as the name of the server that has it; may be empty
     * @param backlogs is told of every change of a queue's length
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

    /** How many bytes wait for all clients together, a packet for many of them counted for each. */
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

    /** The sessions at about this moment. */
    public Collection<EngineSession> all() {
        return List.copyOf(sessions.values());
    }

    @Nullable
    public EngineSession find(String id) {
        return sessions.get(id);
    }

    /** Refuses new sessions by 503 while the condition holds; it is asked on event loops. */
    public void refuseWhile(BooleanSupplier condition) {
        refusing = condition;
    }

    /**
     * A new session, which must be started or ended. Refused when its address has too many without an identity, or while
     * {@link #refuseWhile} says so.
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

    /** A session is over. */
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
