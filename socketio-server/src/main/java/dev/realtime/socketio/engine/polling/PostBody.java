package dev.realtime.socketio.engine.polling;

import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.wire.BodyReceiver;
import dev.realtime.socketio.engine.wire.HttpAnswers;
import dev.realtime.socketio.engine.wire.ReceivedPacket;
import dev.realtime.socketio.engine.wire.RequestError;
import dev.realtime.socketio.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a POST: packets for a session. A body that is too large or malformed ends the session. Received bytes
 * count as held until they are decoded, and are dropped if the session or the connection ends first.
 */
public final class PostBody implements BodyReceiver {

    private static final Logger log = LoggerFactory.getLogger(PostBody.class);
    private static final byte[] NOTHING = {};
    private static final int FIRST_CAPACITY = 256;

    private final ChannelHandlerContext ctx;
    private final EngineSession session;
    private final PollingTransport transport;
    private final @Nullable String origin;
    private final boolean binary;
    private final int maxBytes;
    private byte[] bytes = NOTHING;
    private int length;
    private boolean over;

    public PostBody(
            ChannelHandlerContext ctx,
            EngineSession session,
            PollingTransport transport,
            @Nullable String origin,
            boolean binary,
            int maxBytes) {
        this.ctx = ctx;
        this.session = session;
        this.transport = transport;
        this.origin = origin;
        this.binary = binary;
        this.maxBytes = maxBytes;
    }

    @Override
    public void onContent(ByteBuf content) {
        if (over) {
            return;
        }
        int more = content.readableBytes();
        if (more > maxBytes - length) {
            refuse(RequestError.TOO_LARGE);
        } else if (!session.inbox().arrived(more) || !makeRoom(length + more)) {
            refuseForBudget();
        } else {
            content.readBytes(bytes, length, more);
            length += more;
        }
    }

    /**
     * Counts bytes when they are allocated, not when they are filled: doubles the capacity, or adds only a little if
     * there is no room for that.
     */
    private boolean makeRoom(int needed) {
        if (needed <= bytes.length) {
            return true;
        }
        int capacity = Math.min(maxBytes, Math.max(needed, Math.max(FIRST_CAPACITY, 2 * bytes.length)));
        if (!session.inbox().holdIfThereIsRoom(capacity - bytes.length)) {
            capacity = Math.min(maxBytes, needed + FIRST_CAPACITY);
            if (!session.inbox().hold(capacity - bytes.length)) {
                return false;
            }
        }
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }

    @Override
    public void onEnd() {
        if (over) {
            return;
        }
        over = true;
        try {
            for (ReceivedPacket packet : packets()) {
                if (session.inbox().count()) {
                    session.inbox().take(packet);
                }
            }
        } catch (ProtocolException e) {
            log.debug("Refusing a POST: {}", e.getMessage());
            refuse(RequestError.BAD_REQUEST);
            return;
        }
        transport.onPostTaken(() -> ctx.executor().execute(() -> ctx.writeAndFlush(HttpAnswers.ok(origin))));
    }

    private List<ReceivedPacket> packets() throws ProtocolException {
        byte[] body = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        // The receiver of a packet takes room for it.
        drop();
        return session.format().packets(body, binary);
    }

    /** The client's connection closed within a message, whose rest will never arrive. */
    public void abort() {
        over = true;
        drop();
        session.onTransportClosed(transport);
    }

    /** The session has ended: discards the rest and answers the request. */
    void onSessionEnd() {
        if (ctx.executor().inEventLoop()) {
            endWithSession();
        } else {
            ctx.executor().execute(this::endWithSession);
        }
    }

    private void endWithSession() {
        if (!over) {
            over = true;
            drop();
            answer(RequestError.UNKNOWN_SESSION);
        }
    }

    /** The session stays open until its client has been told why it ends. */
    private void refuseForBudget() {
        over = true;
        drop();
        answer(RequestError.TOO_LARGE);
    }

    private void refuse(RequestError error) {
        over = true;
        drop();
        session.end(EndReason.PROTOCOL_ERROR);
        answer(error);
    }

    /** The HTTP handler discards the rest of the body. */
    private void answer(RequestError error) {
        ctx.writeAndFlush(HttpAnswers.refusal(error, origin));
    }

    private void drop() {
        session.inbox().giveBack(bytes.length);
        bytes = NOTHING;
        length = 0;
    }
}
