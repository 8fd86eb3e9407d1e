package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.protocol.EncodedPacket;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session sends: packets wait in its one outbox, in one order, for the current transport to write them.
 *
 * <p>Thread-safe, guarded by the session's monitor; nothing foreign is called under it.
 */
public final class Outgoing {

    private final EngineSession session;
    private final Outbox outbox;
    private @Nullable Transport transport;
    private boolean drainScheduled;
    private boolean corked;
    private boolean overflowed;

    Outgoing(EngineSession session, long maxBytes, Backlogs backlogs) {
        this.session = session;
        this.outbox = new Outbox(maxBytes, backlogs);
    }

    long queuedBytes() {
        return outbox.bytes();
    }

    @Nullable
    Transport transport() {
        synchronized (session) {
            return transport;
        }
    }

    /** The first transport, and the packet that opens the session. */
    void begin(Transport first, EncodedPacket open) {
        synchronized (session) {
            transport = first;
            outbox.add(open);
        }
    }

    /** As {@link EngineSession#offer}. */
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

    /** As {@link #offer(EncodedPacket)}, for all of these or none. */
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

    /** Drops what waits, and has the client told that it is too slow. */
    void giveUp() {
        synchronized (session) {
            if (refuses()) {
                return;
            }
            overflow();
        }
        tellOverflow();
    }

    /** Appends the last words, whose references are taken over, and holds nothing back any more. Within the monitor. */
    void addLast(List<EncodedPacket> lastWords) {
        corked = false;
        lastWords.forEach(outbox::add);
    }

    /** Drops what waits. */
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

    /** Makes a transport the current one; null when the session has ended, else the one before. */
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

    /** On another thread than that of the loop that {@link #offer} named it finds the way there. */
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

    void wake() {
        wake(session.loop());
    }

    void wake(@Nullable EventLoop loop) {
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

    // ------------------------------------------------------------------ for the transports

    /** The next packet for this transport to write; null when there is none, or it is not its turn. */
    public @Nullable EncodedPacket next(Transport asking) {
        synchronized (session) {
            return asking == transport && !corked ? outbox.poll() : null;
        }
    }

    /**
     * Moves what this transport is to write next, in order, until it has {@code most} packets or {@code bytes} of them;
     * none when there is none, or it is not its turn.
     *
     * @return whether it ended by one of these bounds, so that there may be more
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

    /** As {@link #next}, without taking it. */
    public @Nullable EncodedPacket peek(Transport asking) {
        synchronized (session) {
            return asking == transport && !corked ? outbox.peek() : null;
        }
    }

    /** Whether this transport is the one that serves the session. */
    public boolean isCurrent(Transport asking) {
        synchronized (session) {
            return asking == transport && !session.state().isClosed();
        }
    }

    /** Whether the last word has been handed over, so that the transport may close. */
    public boolean isFinished(Transport asking) {
        // Asked after every write, and nearly always open: that needs no lock.
        if (!session.state().isClosing()) {
            return false;
        }
        synchronized (session) {
            return asking == transport && session.state().isClosing() && outbox.isEmpty();
        }
    }
}
