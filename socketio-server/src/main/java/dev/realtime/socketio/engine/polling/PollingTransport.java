package dev.realtime.socketio.engine.polling;

import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.Transport;
import dev.realtime.socketio.engine.wire.PacketType;
import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.protocol.EncodedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP long-polling (protocol, section "HTTP long-polling"): a GET waits for packets, a POST brings them. One GET and
 * one POST at a time; a second one ends the session.
 *
 * <p>Guarded by the session's monitor, like the outbox: packets leave the outbox in the same step that claims the open
 * poll, so that nothing else can end that poll meanwhile.
 */
public final class PollingTransport implements Transport {

    public static final String NAME = "polling";

    private final EngineSession session;
    private @Nullable PollReply poll;
    private boolean posting;
    private @Nullable PostBody receiving;
    private boolean reading = true;
    private @Nullable Runnable heldConfirmation;

    public PollingTransport(EngineSession session) {
        this.session = session;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EventLoop loop() {
        synchronized (session) {
            return poll == null ? session.home() : poll.loop();
        }
    }

    @Override
    public boolean isOpen() {
        synchronized (session) {
            return poll != null;
        }
    }

    /**
     * Takes a poll.
     *
     * @return false if the poll must be refused: another one is open, which has ended the session, or the session has
     *     just ended or changed its transport
     */
    public boolean onPoll(PollReply arrived) {
        boolean second;
        synchronized (session) {
            second = poll != null;
            if (!second) {
                if (!session.outgoing().isCurrent(this)) {
                    return false;
                }
                poll = arrived;
            }
        }
        if (second) {
            session.end(EndReason.PROTOCOL_ERROR);
            return false;
        }
        session.drain();
        return true;
    }

    /** The connection of a poll closed before its response. */
    public void onPollAborted(PollReply aborted) {
        synchronized (session) {
            if (poll != aborted) {
                return;
            }
            poll = null;
        }
        session.onTransportClosed(this);
    }

    /**
     * Begins a POST.
     *
     * @return false if another one is in progress; the session has been ended then
     */
    public boolean onPostBegun() {
        synchronized (session) {
            if (!posting) {
                posting = true;
                return true;
            }
        }
        session.end(EndReason.PROTOCOL_ERROR);
        return false;
    }

    /** Registers the body of the current POST, to notify it if the session ends first. */
    public void receive(PostBody body) {
        synchronized (session) {
            if (session.outgoing().isCurrent(this)) {
                receiving = body;
                return;
            }
        }
        body.onSessionEnd();
    }

    /** The packets of a POST have been taken: confirms it now, or when there is room for more. */
    public void onPostTaken(Runnable confirmation) {
        synchronized (session) {
            receiving = null;
            if (!reading) {
                heldConfirmation = confirmation;
                return;
            }
            posting = false;
        }
        confirmation.run();
    }

    @Override
    public void setReading(boolean wanted) {
        Runnable confirmation;
        synchronized (session) {
            reading = wanted;
            confirmation = wanted ? heldConfirmation : null;
            if (confirmation != null) {
                heldConfirmation = null;
                posting = false;
            }
        }
        if (confirmation != null) {
            confirmation.run();
        }
    }

    @Override
    public void drain() {
        boolean probed = session.upgrade().isProbed();
        boolean finished;
        PollReply answered;
        ByteBuf payload;
        boolean bytes;
        synchronized (session) {
            if (poll == null) {
                return;
            }
            List<EncodedPacket> queued = queued();
            bytes = session.handshake().readsBytes()
                    && session.format().hasBinaryBodies()
                    && queued.stream().anyMatch(EncodedPacket::isBinary);
            payload = queued.isEmpty() ? null : body(queued, bytes);
            // CLOSE gets a response of its own: a stock client that finds it behind messages closes before it reads
            // them.
            finished = payload == null && session.outgoing().isFinished(this);
            if (finished) {
                payload = single(session.state().farewell());
            } else if (payload == null && probed) {
                payload = single(PacketType.NOOP);
            }
            if (payload == null) {
                return;
            }
            answered = poll;
            poll = null;
        }
        answer(answered, payload, bytes);
        if (finished) {
            session.end(EndReason.SERVER_CLOSE);
        }
    }

    /** Takes the session's queued packets, as many as fit into one response. */
    private List<EncodedPacket> queued() {
        List<EncodedPacket> queued = new ArrayList<>();
        long size = 0;
        int maxBytes = session.settings().maxPayload();
        for (EncodedPacket next = session.outgoing().peek(this);
                next != null;
                next = session.outgoing().peek(this)) {
            size += session.format().sizeInBody(next);
            // One packet always fits, whatever its size.
            if (size > maxBytes && !queued.isEmpty()) {
                break;
            }
            EncodedPacket taken = session.outgoing().next(this);
            if (taken == null) {
                break;
            }
            queued.add(taken);
        }
        return queued;
    }

    private ByteBuf body(List<EncodedPacket> packets, boolean bytes) {
        ByteBuf body = ByteBufAllocator.DEFAULT.buffer(256);
        for (EncodedPacket packet : packets) {
            if (bytes) {
                session.format().appendToBytes(packet, body);
            } else {
                session.format().append(packet, body);
            }
            packet.release();
        }
        return body;
    }

    @Override
    public boolean isUpgradable() {
        return true;
    }

    /** Ends the open poll with only a NOOP; false if there is none. */
    @Override
    public boolean release() {
        return endPoll(PacketType.NOOP);
    }

    /** The session goes on without this transport: its open poll and a held POST would never be answered otherwise. */
    @Override
    public void retire() {
        setReading(true);
        release();
    }

    /** Ends the open poll, if any, with CLOSE. */
    @Override
    public void abort() {
        PostBody unfinished;
        synchronized (session) {
            unfinished = receiving;
            receiving = null;
        }
        if (unfinished != null) {
            unfinished.onSessionEnd();
        }
        setReading(true);
        endPoll(PacketType.CLOSE);
    }

    private boolean endPoll(PacketType last) {
        PollReply answered;
        synchronized (session) {
            answered = poll;
            poll = null;
        }
        if (answered == null) {
            return false;
        }
        answer(answered, single(last), false);
        return true;
    }

    private ByteBuf single(PacketType type) {
        return body(List.of(Packets.of(type)), false);
    }

    private static void answer(PollReply answered, ByteBuf payload, boolean bytes) {
        if (answered.loop().inEventLoop()) {
            answered.answer(payload, bytes);
        } else {
            answered.loop().execute(() -> answered.answer(payload, bytes));
        }
    }
}
