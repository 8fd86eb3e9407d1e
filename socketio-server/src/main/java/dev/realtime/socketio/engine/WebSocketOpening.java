package dev.realtime.socketio.engine;

import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.websocket.WebSocketHandshake;
import dev.realtime.socketio.engine.websocket.WebSocketTransport;
import dev.realtime.socketio.engine.wire.BodyReceiver;
import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.engine.wire.RefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request for a WebSocket, which opens a session or is a candidate for an upgrade. Waits for the end of the request: the
 * connection may be taken over only after it.
 */
final class WebSocketOpening implements BodyReceiver {

    private final EngineRequestHandler handler;
    private final EngineIo engine;
    private final ChannelHandlerContext ctx;
    private final HttpRequest http;
    private final RemoteClient client;
    private final EngineRequest request;
    private final @Nullable EngineSession upgraded;

    /** @param upgraded the session to upgrade; null to open one */
    WebSocketOpening(
            EngineRequestHandler handler,
            EngineIo engine,
            ChannelHandlerContext ctx,
            HttpRequest http,
            RemoteClient client,
            EngineRequest request,
            @Nullable EngineSession upgraded) {
        this.handler = handler;
        this.engine = engine;
        this.ctx = ctx;
        this.http = http;
        this.client = client;
        this.request = request;
        this.upgraded = upgraded;
    }

    @Override
    public void onContent(ByteBuf content) {}

    @Override
    public void onEnd() {
        try {
            if (upgraded != null) {
                WebSocketHandshake.perform(ctx, http, engine.frames(), () -> candidate(upgraded), () -> {});
                return;
            }
            // Opened before the 101, so that a refusal still has an HTTP status.
            EngineSession session = handler.open(ctx, client, request);
            WebSocketHandshake.perform(
                    ctx, http, engine.frames(), () -> begin(session), () -> session.end(EndReason.TRANSPORT_CLOSE));
        } catch (RefusedException e) {
            handler.refuse(ctx, e.error(), null);
        }
    }

    private WebSocketTransport begin(EngineSession session) {
        WebSocketTransport transport = new WebSocketTransport(session, ctx.channel(), false);
        session.start(transport, Packets.open(handler.handshakeJson(session, false)), engine.opener());
        return transport;
    }

    private WebSocketTransport candidate(EngineSession session) {
        WebSocketTransport transport = new WebSocketTransport(session, ctx.channel(), true);
        // The protocol wants a late WebSocket to be closed, not refused.
        if (!session.upgrade().begin(transport)) {
            transport.abort();
        }
        return transport;
    }
}
