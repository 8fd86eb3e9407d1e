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
 * One client's session, whatever transport it is on: {@link Outgoing} is what it sends, {@link Inbox} what the client sends,
 * {@link SessionState} where it is in its life.
 *
 * <p>Its id is a credential: whoever has it can speak for the client. It is never shown to anybody else.
 *
 * <p>Thread-safe. The session's monitor guards the state and, by {@link Outgoing}, what is sent; nothing foreign is called under
 * it.
 */
public final class EngineSession implements PacketQueue {

    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

    /** How long a request may be on its way while another of the same client overtakes it. */
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

    /** For this session's timers, on a loop that stays the same when the transport changes. */
    public TimerWheel timers() {
        return timers;
    }

    /** The loop of the timers. */
    public EventLoop home() {
        return home;
    }

    /** What the client may send and make us hold. */
    public Standing standing() {
        return standing;
    }

    /** The current transport's name. */
    public synchronized String transportName() {
        Transport current = outgoing.transport();
        return current == null ? "" : current.name();
    }

    /** The loop that writes to the client at the moment. */
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

    /** The protocol's revision as this session's packets are written. */
    public WireFormat format() {
        return handshake.revision().format();
    }

    /** What waits for the client, for the transports to write. */
    public Outgoing outgoing() {
        return outgoing;
    }

    /** Where the current transport brings the client's packets. */
    public Inbox inbox() {
        return inbox;
    }

    /** Made when it is asked for: a session that begins as a WebSocket has none. */
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

    /** Queues packets that belong together, takes over their references, and has them written. */
    public void send(List<EncodedPacket> packets) {
        EventLoop toWake = outgoing.offer(packets);
        packets.forEach(EncodedPacket::release);
        outgoing.wake(toWake);
    }

    /** Queues a packet, takes over its reference, and has it written. */
    public void send(EncodedPacket packet) {
        EventLoop toWake = outgoing.offer(packet);
        packet.release();
        outgoing.wake(toWake);
    }

    /** Holds everything back, in order, until {@link #uncork()}. */
    public void cork() {
        outgoing.cork();
    }

    /** Lets go what was held back. */
    public void uncork() {
        outgoing.uncork();
    }

    @Override
    public void drain() {
        outgoing.drain();
    }

    /**
     * Says a last word and closes: what is queued goes out first, then these packets, whose references are taken over,
     * then the transport ends. A client that does not read is given {@code closeTimeout}.
     *
     * @param because how the session has ended then
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

    /** Stops or resumes taking messages from the client. */
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

    /** Makes a transport the current one; false when the session is not open any more. */
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
     * The client says that it goes. A poll that is open ends with a NOOP; one that the client sent before, and that comes
     * later since it took another connection, gets its NOOP too.
     */
    void onClientClose() {
        Transport current = transport();
        if (current == null || current.release()) {
            end(EndReason.CLIENT_CLOSE);
            return;
        }
        synchronized (this) {
            if (!state.close(EndReason.CLIENT_CLOSE, PacketType.NOOP)) {
                // It has ended, or it said so before.
                return;
            }
            outgoing.clear();
        }
        pings.stop();
        home.schedule(() -> end(EndReason.CLIENT_CLOSE), CROSSING_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Who takes the client's messages; null when they are not wanted any more. */
    synchronized @Nullable SessionListener receiver() {
        return state.isOpen() ? listener : null;
    }
}
