package dev.realtime.service.gateway.engineio;

import dev.realtime.service.fanout.EncodedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * HTTP long-polling (protocol, section "HTTP long-polling"): a GET waits for packets, a POST brings them. One GET and one
 * POST at a time; a second one ends the session.
 */
final class PollingTransport implements Transport {

    static final String NAME = "polling";

    private final EngineSession session;
    private @Nullable PollReply poll;
    private boolean posting;
    private boolean reading = true;
    private @Nullable Runnable heldConfirmation;

    PollingTransport(EngineSession session) {
        this.session = session;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized EventLoop loop() {
        return poll == null ? session.home() : poll.loop();
    }

    @Override
    public synchronized boolean isOpen() {
        return poll != null;
    }

    /**
     * A GET came.
     *
     * @return false when there is one open already; the session has been ended then
     */
    boolean onPoll(PollReply arrived) {
        synchronized (this) {
            if (poll == null) {
                poll = arrived;
                arrived = null;
            }
        }
        if (arrived != null) {
            session.end(EndReason.PROTOCOL_ERROR);
            return false;
        }
        session.drain();
        return true;
    }

    /** The connection of a poll went away before its answer. */
    void onPollAborted(PollReply aborted) {
        synchronized (this) {
            if (poll != aborted) {
                return;
            }
            poll = null;
        }
        session.onTransportClosed(this);
    }

    /**
     * A POST begins.
     *
     * @return false when there is one under way already; the session has been ended then
     */
    boolean onPostBegun() {
        synchronized (this) {
            if (!posting) {
                posting = true;
                return true;
            }
        }
        session.end(EndReason.PROTOCOL_ERROR);
        return false;
    }

    /** A POST's packets have been taken: confirms it, at once or when there is room for more. */
    void onPostTaken(Runnable confirmation) {
        synchronized (this) {
            posting = false;
            if (!reading) {
                heldConfirmation = confirmation;
                return;
            }
        }
        confirmation.run();
    }

    @Override
    public void setReading(boolean wanted) {
        Runnable confirmation;
        synchronized (this) {
            reading = wanted;
            confirmation = wanted ? heldConfirmation : null;
            if (wanted) {
                heldConfirmation = null;
            }
        }
        if (confirmation != null) {
            confirmation.run();
        }
    }

    @Override
    public void drain() {
        if (!isOpen()) {
            return;
        }
        Payload payload = new Payload(session.properties().maxPayload());
        for (EncodedPacket next = session.peek(this); next != null && payload.fits(next); next = session.peek(this)) {
            EncodedPacket taken = session.next(this);
            if (taken == null) {
                break;
            }
            payload.add(taken);
        }
        // The end has an answer of its own: a stock client that finds it behind messages closes before it reads them.
        boolean finished = payload.isEmpty() && session.isFinished(this);
        if (finished) {
            payload.add(Packets.of(session.farewell()));
        } else if (payload.isEmpty() && session.upgrade().isProbed()) {
            payload.add(Packets.of(PacketType.NOOP));
        }
        if (payload.isEmpty()) {
            payload.discard();
        } else {
            answer(payload.take());
        }
        if (finished) {
            session.end(EndReason.SERVER_CLOSE);
        }
    }

    /** Ends the open poll with nothing but a NOOP; false when there is none. */
    boolean release() {
        return answer(single(PacketType.NOOP));
    }

    /** Ends the open poll, if there is one, with the word that the session is over. */
    @Override
    public void abort() {
        setReading(true);
        answer(single(PacketType.CLOSE));
    }

    private static ByteBuf single(PacketType type) {
        return Unpooled.buffer(1).writeByte(type.digit());
    }

    private boolean answer(ByteBuf payload) {
        PollReply answered;
        synchronized (this) {
            answered = poll;
            poll = null;
        }
        if (answered == null) {
            payload.release();
            return false;
        }
        if (answered.loop().inEventLoop()) {
            answered.answer(payload);
        } else {
            answered.loop().execute(() -> answered.answer(payload));
        }
        return true;
    }

    /** The body of one answer, in the making. */
    private static final class Payload {

        private final int maxBytes;
        private final ByteBuf body = ByteBufAllocator.DEFAULT.buffer(256);

        Payload(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        /** One packet always fits, whatever its size. */
        boolean fits(EncodedPacket packet) {
            return isEmpty() || body.readableBytes() + 1L + PayloadCodec.encodedSize(packet) <= maxBytes;
        }

        void add(EncodedPacket packet) {
            PayloadCodec.encode(packet, body);
            packet.release();
        }

        boolean isEmpty() {
            return !body.isReadable();
        }

        ByteBuf take() {
            return body;
        }

        void discard() {
            body.release();
        }
    }
}
