package dev.realtime.service.gateway.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of a POST: packets for a session. One that is too large or no payload ends the session. */
final class PostBody implements RequestBody {

    private static final Logger log = LoggerFactory.getLogger(PostBody.class);

    private final ChannelHandlerContext ctx;
    private final EngineSession session;
    private final PollingTransport transport;
    private final @Nullable String origin;
    private final boolean binary;
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private boolean refused;

    PostBody(
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
        if (refused) {
            return;
        }
        if (bytes.size() + content.readableBytes() > maxBytes) {
            refuse(RequestError.TOO_LARGE);
            return;
        }
        byte[] chunk = ByteBufUtil.getBytes(content);
        bytes.write(chunk, 0, chunk.length);
    }

    @Override
    public void onEnd() {
        if (refused) {
            return;
        }
        try {
            for (ReceivedPacket packet : session.format().packets(bytes.toByteArray(), binary)) {
                if (session.inbox().count()) {
                    session.inbox().take(packet);
                }
            }
        } catch (EngineException e) {
            log.debug("Post refused: {}", e.getMessage());
            refuse(RequestError.BAD_REQUEST);
            return;
        }
        transport.onPostTaken(() -> ctx.executor().execute(() -> ctx.writeAndFlush(HttpAnswers.ok(origin))));
    }

    /** The client went away in the middle of a message; what it began will never come. */
    void abort() {
        session.onTransportClosed(transport);
    }

    private void refuse(RequestError error) {
        refused = true;
        session.end(EndReason.PROTOCOL_ERROR);
        ctx.writeAndFlush(HttpAnswers.refusal(error, origin));
    }
}
