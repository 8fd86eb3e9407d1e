package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.protocol.EncodedPacket;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session sends: packets wait in its one outbox, in one order, for the current transport to write them.
 *
 * <p>Thread-safe, guarded by the session's monitor; listeners and other foreign code must not be called under it.
 */
public final class Outgoing {

    private final EngineSession session;
    private final Outbox outbox;
    private @Nullable Transport transport;
    private boolean drainScheduled;
    private boolean corked;
    /** Set before the queue is cleared. Written under the monitor. */
    private volatile boolean overflowed;

    Outgoing(EngineSession session, long maxBytes, Backlogs backlogs) {
        this.session = session;
        this.outbox = new Outbox(maxBytes, backlogs);
    }

    long queuedBytes() {
        return outbox.bytes();
    }

    boolean hasOverflowed() {
        return overflowed;
    }

    @Nullable
    Transport transport() {
        synchronized (session) {
            return transport;
        }
    }

    /** Sets the first transport and queues the packet that opens the session. */
    void begin(Transport first, EncodedPacket open) {
        synchronized (session) {
            transport = first;
            outbox.add(open);
        }
    }

    /** See {@link EngineSession#offer}. */
    @Nullable
    EventLoop offer(EncodedPacket packet) {
        synchronized (session) {
            if (refuses()) {
                return null;
            }
            if (outbox.hasRoomFor(packet)) {
                outbox.add(packet.retain());
                return claimDrain();
            }
            overflow();
        }
        tellOverflow();
        return null;
    }

    /** Like {@link #offer(EncodedPacket)}, for all of these packets or none. */
    @Nullable
    EventLoop offer(List<EncodedPacket> packets) {
        synchronized (session) {
            if (refuses()) {
                return null;
            }
            if (outbox.hasRoomFor(packets)) {
                packets.forEach(packet -> outbox.add(packet.retain()));
                return claimDrain();
            }
            overflow();
        }
        tellOverflow();
        return null;
    }

    private boolean refuses() {
        return overflowed || !session.isOpen();
    }

    private void overflow() {
        overflowed = true;
        outbox.clear();
    }

    private void tellOverflow() {
        session.home().execute(() -> {
            SessionListener told = session.receiver();
            if (told != null) {
                told.onOverflow();
            }
        });
    }

    /** Drops the queued packets and reports an overflow: the client is too slow. */
    void giveUp() {
        synchronized (session) {
            if (refuses()) {
                return;
            }
            overflow();
        }
        tellOverflow();
    }

    /** Appends the last packets, takes over their references, and ends corking. Called within the monitor. */
    void addLast(List<EncodedPacket> lastWords) {
        corked = false;
        lastWords.forEach(outbox::add);
    }

    /** Drops the queued packets. */
    void clear() {
        synchronized (session) {
            outbox.clear();
        }
    }

    void forEachQueued(Consumer<EncodedPacket> action) {
        synchronized (session) {
            outbox.forEach(action);
        }
    }

    void cork() {
        synchronized (session) {
            corked = true;
        }
    }

    void uncork() {
        synchronized (session) {
            corked = false;
        }
        wake();
    }

    /** Makes a transport the current one and returns the previous one; null if the session has ended. */
    @Nullable
    Transport switchTo(Transport next) {
        synchronized (session) {
            Transport previous = transport;
            if (previous == null || session.state().isClosed()) {
                return null;
            }
            transport = next;
            drainScheduled = false;
            return previous;
        }
    }

    /** Writes what is queued; on another thread than the transport's loop, it moves there. */
    void drain() {
        Transport current;
        EncodedPacket only = null;
        synchronized (session) {
            drainScheduled = false;
            current = transport;
            if (current == null || corked || session.state().isClosed()) {
                return;
            }
            if (current.takesAtOnce()) {
                // The common case: one event since the last drain, and nothing before it.
                only = outbox.pollOnly();
            }
        }
        if (only != null) {
            current.writeAtOnce(only);
        } else if (current.loop().inEventLoop()) {
            current.drain();
        } else {
            // The transport may have changed since the drain was scheduled.
            current.loop().execute(this::drain);
        }
    }

    void wake() {
        wake(session.loop());
    }

    void wake(@Nullable EventLoop loop) {
        if (loop != null) {
            loop.execute(this::drain);
        }
    }

    /** The event loop on which to run a drain; null if a drain is scheduled or will follow anyway. */
    private @Nullable EventLoop claimDrain() {
        if (drainScheduled || corked || transport == null || !transport.isOpen()) {
            return null;
        }
        drainScheduled = true;
        return transport.loop();
    }

    // ------------------------------------------------------------------ for the transports

    /** The next packet for this transport to write; null if there is none, or if this is not the current transport. */
    public @Nullable EncodedPacket next(Transport asking) {
        synchronized (session) {
            return asking == transport && !corked ? outbox.poll() : null;
        }
    }

    /**
     * Moves the next packets for this transport into the list, in order, until the list has {@code most} packets or
     * {@code bytes} have been moved. Moves none if there is none, or if this is not the current transport.
     *
     * @return whether one of these limits was reached, so that there may be more
     */
    public boolean take(Transport asking, List<EncodedPacket> into, int most, int bytes) {
        synchronized (session) {
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
    }

    /** Like {@link #next}, without removing the packet. */
    public @Nullable EncodedPacket peek(Transport asking) {
        synchronized (session) {
            return asking == transport && !corked ? outbox.peek() : null;
        }
    }

    /** Whether this transport currently serves the session. */
    public boolean isCurrent(Transport asking) {
        synchronized (session) {
            return asking == transport && !session.state().isClosed();
        }
    }

    /** Whether the last packet has been taken, so that the transport may close. */
    public boolean isFinished(Transport asking) {
        // Called after every write, when the session is nearly always open: that case takes no lock.
        if (!session.state().isClosing()) {
            return false;
        }
        synchronized (session) {
            return asking == transport && session.state().isClosing() && outbox.isEmpty();
        }
    }
}
