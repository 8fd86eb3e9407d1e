package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.PacketType;
import dev.realtime.socketio.engine.wire.WireFormat;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.socketio.timer.TimerWheel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session, whatever its transport: {@link Outgoing} is what it sends, {@link Inbox} what the client sends,
 * {@link SessionState} its state.
 *
 * <p>Its id is a credential that lets its holder act as the client, so it must never be shown to anyone else.
 *
 * <p>Thread-safe. The session's monitor guards the state and, in {@link Outgoing}, what is sent; listeners and other
 * foreign code must not be called under it.
 */
public final class EngineSession implements PacketQueue {

    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

    /** How long a request may be in flight while a later one of the same client overtakes it. */
    private static final long CROSSING_MILLIS = 500;

    private final String id;
    private final Handshake handshake;
    private final EngineSettings settings;
    private final EngineSessions sessions;
    private final EventLoop home;
    private final TimerWheel timers;
    private final Pings pings;
    private final Outgoing outgoing;
    private final Inbox inbox;
    private final Standing standing;

    private final SessionState state = new SessionState();
    private @Nullable SessionListener listener;
    private @Nullable UpgradeState upgrade;

    EngineSession(
            String id,
            Handshake handshake,
            EngineSettings settings,
            EngineSessions sessions,
            EventLoop home,
            TimerWheel timers,
            TokenBucket packets,
            Standing standing) {
        this.id = id;
        this.handshake = handshake;
        this.settings = settings;
        this.sessions = sessions;
        this.home = home;
        this.timers = timers;
        this.pings = Pings.of(this);
        this.standing = standing;
        this.inbox = new Inbox(this, pings, packets);
        this.outgoing = new Outgoing(this, settings.maxQueuedBytes(), sessions.backlogs());
    }

    public String id() {
        return id;
    }

    public Handshake handshake() {
        return handshake;
    }

    /** The wheel for this session's timers, on a loop that stays the same when the transport changes. */
    public TimerWheel timers() {
        return timers;
    }

    /** The event loop of the timers. */
    public EventLoop home() {
        return home;
    }

    /** What the client may send and make the server hold. */
    public Standing standing() {
        return standing;
    }

    /** The current transport's name. */
    public synchronized String transportName() {
        Transport current = outgoing.transport();
        return current == null ? "" : current.name();
    }

    /** The event loop that currently writes to the client. */
    public synchronized EventLoop loop() {
        Transport current = outgoing.transport();
        return current == null ? home : current.loop();
    }

    public boolean isOpen() {
        return state.isOpen();
    }

    public SessionState state() {
        return state;
    }

    @Override
    public long queuedBytes() {
        return outgoing.queuedBytes();
    }

    @Override
    public boolean hasOverflowed() {
        return outgoing.hasOverflowed();
    }

    /** How this session's packets are written, by its protocol revision. */
    public WireFormat format() {
        return handshake.revision().format();
    }

    /** The packets that wait for the client; the transports write them. */
    public Outgoing outgoing() {
        return outgoing;
    }

    /** Takes the client's packets from the current transport. */
    public Inbox inbox() {
        return inbox;
    }

    /** Created on first use: a session that begins as a WebSocket has none. */
    public synchronized UpgradeState upgrade() {
        if (upgrade == null) {
            upgrade = new UpgradeState(this, settings.upgradeTimeout());
        }
        return upgrade;
    }

    /** Starts the session on its first transport. */
    public void start(Transport first, EncodedPacket open, SessionOpener opener) {
        outgoing.begin(first, open);
        SessionListener opened = opener.onOpen(this);
        synchronized (this) {
            listener = opened;
        }
        pings.start();
        outgoing.wake();
    }

    @Override
    public @Nullable EventLoop offer(EncodedPacket packet) {
        return outgoing.offer(packet);
    }

    /** Queues packets that belong together, takes over their references, and schedules the write. */
    public void send(List<EncodedPacket> packets) {
        EventLoop toWake = outgoing.offer(packets);
        packets.forEach(EncodedPacket::release);
        outgoing.wake(toWake);
    }

    /** Queues a packet, takes over its reference, and schedules the write. */
    public void send(EncodedPacket packet) {
        EventLoop toWake = outgoing.offer(packet);
        packet.release();
        outgoing.wake(toWake);
    }

    /** Holds all packets back, in order, until {@link #uncork()}. */
    public void cork() {
        outgoing.cork();
    }

    /** Sends what was held back. */
    public void uncork() {
        outgoing.uncork();
    }

    @Override
    public void drain() {
        outgoing.drain();
    }

    /**
     * Closes the session after its last packets: queued packets go out first, then these, whose references are taken
     * over; then the transport closes. A client that does not read is given {@code closeTimeout}.
     *
     * @param because the reason with which the session then ends
     */
    public void closeAfter(List<EncodedPacket> lastWords, EndReason because) {
        synchronized (this) {
            if (!state.close(because, PacketType.CLOSE)) {
                lastWords.forEach(EncodedPacket::release);
                return;
            }
            outgoing.addLast(lastWords);
        }
        pings.stop();
        home.schedule(() -> end(because), settings.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        outgoing.wake();
    }

    /** Ends the session at once. */
    public void end(EndReason cause) {
        Transport current;
        SessionListener told;
        UpgradeState begun;
        EndReason reason;
        synchronized (this) {
            reason = state.end(cause);
            if (reason == null) {
                return;
            }
            outgoing.clear();
            current = outgoing.transport();
            told = listener;
            begun = upgrade;
        }
        log.debug("Session ended: {}", reason);
        pings.stop();
        if (begun != null) {
            begun.abort();
        }
        sessions.remove(this, reason);
        standing.end();
        if (current != null) {
            current.onLoop(current::abort);
        }
        if (told != null) {
            told.onEnd(reason);
        }
    }

    /** Stops or resumes reading the client's messages. */
    public void setReading(boolean reading) {
        Transport current = outgoing.transport();
        if (current != null) {
            current.onLoop(() -> current.setReading(reading));
        }
    }

    /** A transport lost its connection. */
    public void onTransportClosed(Transport closed) {
        if (outgoing.isCurrent(closed)) {
            end(EndReason.TRANSPORT_CLOSE);
        }
    }

    /** Makes a transport the current one; false if the session has ended. */
    boolean switchTo(Transport next) {
        Transport previous = outgoing.switchTo(next);
        if (previous == null) {
            return false;
        }
        previous.retire();
        outgoing.wake();
        SessionListener told = receiver();
        if (told != null) {
            told.onTransport();
        }
        return true;
    }

    public @Nullable Transport transport() {
        return outgoing.transport();
    }

    public EngineSettings settings() {
        return settings;
    }

    /**
     * The client closes the session. An open poll ends with a NOOP; so does a poll that the client sent before but that
     * arrives later, over another connection.
     */
    void onClientClose() {
        Transport current = transport();
        if (current == null || current.release()) {
            end(EndReason.CLIENT_CLOSE);
            return;
        }
        synchronized (this) {
            if (!state.close(EndReason.CLIENT_CLOSE, PacketType.NOOP)) {
                // Already ended, or closed by the client before.
                return;
            }
            outgoing.clear();
        }
        pings.stop();
        home.schedule(() -> end(EndReason.CLIENT_CLOSE), CROSSING_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Takes the client's messages; null if they are no longer wanted. */
    synchronized @Nullable SessionListener receiver() {
        return state.isOpen() ? listener : null;
    }
}
