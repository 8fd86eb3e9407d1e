package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.PacketType;
import dev.realtime.socketio.engine.wire.WireFormat;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.socketio.timer.TimerWheel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session: one state machine, whatever transport it is on.
 *
 * <pre>
 *   OPEN ──closeAfter──► CLOSING ──last packet written, or time out──► CLOSED
 *     └──────────────── end(reason): at once ────────────────────────►
 * </pre>
 *
 * <p>Its id is a credential: whoever has it can speak for the client. It is never shown to anybody else.
 *
 * <p>Thread-safe. The session's monitor guards the state, the outbox and which transport is current; nothing foreign is
 * called under it.
 */
public final class EngineSession implements PacketQueue {

    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

    /** How long a request may be on its way while another of the same client overtakes it. */
    private static final long CROSSING_MILLIS = 500;

    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final String id;
    private final Handshake handshake;
    private final EngineSettings settings;
    private final EngineSessions sessions;
    private final EventLoop home;
    private final TimerWheel timers;
    private final Pings pings;
    private final Outbox outbox;
    private final Inbox inbox;
    private final Standing standing;

    private volatile State state = State.OPEN;
    private @Nullable Transport transport;
    private @Nullable SessionListener listener;
    private @Nullable UpgradeState upgrade;
    private boolean drainScheduled;
    private boolean corked;
    private boolean overflowed;
    private PacketType farewell = PacketType.CLOSE;

    /** Why it is CLOSING; whatever ends it then, this is the reason. */
    private EndReason closing = EndReason.SERVER_CLOSE;

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
        this.outbox = new Outbox(settings.maxQueuedBytes(), sessions.backlogs());
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
        return transport == null ? "" : transport.name();
    }

    /** The loop that writes to the client at the moment. */
    public synchronized EventLoop loop() {
        return transport == null ? home : transport.loop();
    }

    public synchronized boolean isOpen() {
        return state == State.OPEN;
    }

    @Override
    public long queuedBytes() {
        return outbox.bytes();
    }

    /** The protocol's revision as this session's packets are written. */
    public WireFormat format() {
        return handshake.revision().format();
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
        synchronized (this) {
            transport = first;
            outbox.add(open);
        }
        SessionListener opened = opener.onOpen(this);
        synchronized (this) {
            listener = opened;
        }
        pings.start();
        wake();
    }

    @Override
    public @Nullable EventLoop offer(EncodedPacket packet) {
        synchronized (this) {
            if (state != State.OPEN || overflowed) {
                return null;
            }
            if (outbox.hasRoomFor(packet)) {
                outbox.add(packet.retain());
                return claimDrain();
            }
            overflow();
        }
        home.execute(this::tellOverflow);
        return null;
    }

    /** Queues packets that belong together, takes over their references, and has them written. */
    public void send(List<EncodedPacket> packets) {
        EventLoop toWake = append(packets);
        packets.forEach(EncodedPacket::release);
        wake(toWake);
    }

    /** Queues a packet, takes over its reference, and has it written. */
    public void send(EncodedPacket packet) {
        EventLoop toWake = offer(packet);
        packet.release();
        wake(toWake);
    }

    private @Nullable EventLoop append(List<EncodedPacket> packets) {
        synchronized (this) {
            if (state != State.OPEN || overflowed) {
                return null;
            }
            if (outbox.hasRoomFor(packets)) {
                packets.forEach(packet -> outbox.add(packet.retain()));
                return claimDrain();
            }
            overflow();
        }
        home.execute(this::tellOverflow);
        return null;
    }

    private void overflow() {
        overflowed = true;
        outbox.clear();
    }

    /** Runs over what waits for the client. */
    synchronized void forEachQueued(Consumer<EncodedPacket> action) {
        outbox.forEach(action);
    }

    /** Drops what waits, and has the client told that it is too slow. */
    void giveUp() {
        synchronized (this) {
            if (state != State.OPEN || overflowed) {
                return;
            }
            overflow();
        }
        home.execute(this::tellOverflow);
    }

    /** Holds everything back, in order, until {@link #uncork()}. */
    public synchronized void cork() {
        corked = true;
    }

    /** Lets go what was held back. */
    public void uncork() {
        synchronized (this) {
            corked = false;
        }
        wake();
    }

    /** On another thread than the one that {@link #offer} named it finds the way there. */
    @Override
    public void drain() {
        Transport current;
        EncodedPacket only = null;
        synchronized (this) {
            drainScheduled = false;
            current = transport;
            if (current == null || corked || state == State.CLOSED) {
                return;
            }
            if (current.takesAtOnce()) {
                // Nearly always: one event has come since the last time, and nothing is in its way.
                only = outbox.pollOnly();
            }
        }
        if (only != null) {
            current.writeAtOnce(only);
        } else if (current.loop().inEventLoop()) {
            current.drain();
        } else {
            // The transport may have changed since the drain was asked for.
            current.loop().execute(this::drain);
        }
    }

    /**
     * Says a last word and closes: what is queued goes out first, then these packets, whose references are taken over,
     * then the transport ends. A client that does not read is given {@code closeTimeout}.
     *
     * @param because how the session has ended then
     */
    public void closeAfter(List<EncodedPacket> lastWords, EndReason because) {
        synchronized (this) {
            if (state != State.OPEN) {
                lastWords.forEach(EncodedPacket::release);
                return;
            }
            state = State.CLOSING;
            closing = because;
            corked = false;
            lastWords.forEach(outbox::add);
        }
        pings.stop();
        home.schedule(() -> end(because), settings.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        wake();
    }

    /** Ends the session at once. */
    public void end(EndReason cause) {
        Transport current;
        SessionListener told;
        UpgradeState begun;
        EndReason reason;
        synchronized (this) {
            if (state == State.CLOSED) {
                return;
            }
            reason = state == State.CLOSING ? closing : cause;
            state = State.CLOSED;
            outbox.clear();
            current = transport;
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
            onLoopOf(current, current::abort);
        }
        if (told != null) {
            told.onEnd(reason);
        }
    }

    /** Stops or resumes taking messages from the client. */
    public void setReading(boolean reading) {
        Transport current;
        synchronized (this) {
            current = transport;
        }
        if (current != null) {
            onLoopOf(current, () -> current.setReading(reading));
        }
    }

    // ------------------------------------------------------------------ for the transports

    /** The next packet for this transport to write; null when there is none, or it is not its turn. */
    public synchronized @Nullable EncodedPacket next(Transport asking) {
        return asking == transport && !corked ? outbox.poll() : null;
    }

    /**
     * Moves what this transport is to write next, in order, until it has {@code most} packets or {@code bytes} of them;
     * none when there is none, or it is not its turn.
     *
     * @return whether it ended by one of these bounds, so that there may be more
     */
    public synchronized boolean take(Transport asking, List<EncodedPacket> into, int most, int bytes) {
        if (asking != transport || corked) {
            return false;
        }
        int taken = 0;
        for (EncodedPacket packet = outbox.poll(); packet != null; packet = outbox.poll()) {
            into.add(packet);
            taken += packet.size();
            if (into.size() >= most || taken >= bytes) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #next}, without taking it. */
    public synchronized @Nullable EncodedPacket peek(Transport asking) {
        return asking == transport && !corked ? outbox.peek() : null;
    }

    /** Whether the last word has been handed over, so that the transport may close. */
    public boolean isFinished(Transport asking) {
        // Asked after every write, and nearly always open: that needs no lock.
        if (state != State.CLOSING) {
            return false;
        }
        synchronized (this) {
            return asking == transport && state == State.CLOSING && outbox.isEmpty();
        }
    }

    /** Why it is closing. */
    public synchronized EndReason closing() {
        return closing;
    }

    /** What ends the last answer to a poll. */
    public synchronized PacketType farewell() {
        return farewell;
    }

    public synchronized boolean isCurrent(Transport asking) {
        return asking == transport && state != State.CLOSED;
    }

    /** A transport lost its connection. */
    public void onTransportClosed(Transport closed) {
        if (isCurrent(closed)) {
            end(EndReason.TRANSPORT_CLOSE);
        }
    }

    /** Makes a transport the current one; false when the session is not open any more. */
    boolean switchTo(Transport next) {
        Transport previous;
        synchronized (this) {
            if (state == State.CLOSED) {
                return false;
            }
            previous = transport;
            transport = next;
            drainScheduled = false;
        }
        if (previous != null) {
            previous.retire();
        }
        wake();
        SessionListener told = receiver();
        if (told != null) {
            told.onTransport();
        }
        return true;
    }

    public synchronized @Nullable Transport transport() {
        return transport;
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
            // It has ended, or it said so before.
            if (state != State.OPEN) {
                return;
            }
            state = State.CLOSING;
            closing = EndReason.CLIENT_CLOSE;
            farewell = PacketType.NOOP;
            outbox.clear();
        }
        pings.stop();
        home.schedule(() -> end(EndReason.CLIENT_CLOSE), CROSSING_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Who takes the client's messages; null when they are not wanted any more. */
    synchronized @Nullable SessionListener receiver() {
        return state == State.OPEN ? listener : null;
    }

    private void tellOverflow() {
        SessionListener told = receiver();
        if (told != null) {
            told.onOverflow();
        }
    }

    private void wake() {
        wake(loop());
    }

    private void wake(@Nullable EventLoop loop) {
        if (loop != null) {
            loop.execute(this::drain);
        }
    }

    /** The loop to have a drain run on; null when one will run anyhow. */
    private @Nullable EventLoop claimDrain() {
        if (drainScheduled || corked || transport == null || !transport.isOpen()) {
            return null;
        }
        drainScheduled = true;
        return transport.loop();
    }

    private static void onLoopOf(Transport transport, Runnable action) {
        if (transport.loop().inEventLoop()) {
            action.run();
        } else {
            transport.loop().execute(action);
        }
    }
}
