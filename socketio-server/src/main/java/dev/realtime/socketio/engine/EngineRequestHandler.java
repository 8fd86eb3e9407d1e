package dev.realtime.socketio.engine;

import dev.realtime.socketio.engine.polling.PollReply;
import dev.realtime.socketio.engine.polling.PollingTransport;
import dev.realtime.socketio.engine.polling.PostBody;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.wire.BodyReceiver;
import dev.realtime.socketio.engine.wire.HttpAnswers;
import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.engine.wire.RefusedException;
import dev.realtime.socketio.engine.wire.RequestError;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the Engine.IO requests of one connection, one after the other: opens sessions, answers polls, takes posts,
 * and lets a {@link WebSocketOpening} take the connection over when it becomes a WebSocket.
 */
final class EngineRequestHandler extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(EngineRequestHandler.class);

    private final EngineIo engine;

    /** Takes the current request's body; null if the body is discarded. */
    private @Nullable BodyReceiver body;

    private @Nullable Poll poll;

    EngineRequestHandler(EngineIo engine) {
        this.engine = engine;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                onRequest(ctx, request);
            }
            BodyReceiver receiver = body;
            if (message instanceof HttpContent content && receiver != null) {
                receiver.onContent(content.content());
                if (message instanceof LastHttpContent && body == receiver) {
                    body = null;
                    receiver.onEnd();
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (body instanceof PostBody post) {
            post.abort();
        }
        body = null;
        if (poll != null) {
            poll.abort();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("Connection failed", cause);
        ctx.close();
    }

    private void onRequest(ChannelHandlerContext ctx, HttpRequest request) {
        body = null;
        poll = null;
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        RemoteClient client = engine.clients().resolve(ctx.channel(), request);
        if (!engine.origins().allows(origin, client)) {
            refuse(ctx, RequestError.FORBIDDEN, null);
            return;
        }
        if (!engine.path().isExactly(request.uri())) {
            refuse(ctx, RequestError.NOT_FOUND, origin);
            return;
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            respond(ctx, HttpAnswers.preflight(request.headers(), origin));
            return;
        }
        try {
            route(
                    ctx,
                    request,
                    client,
                    EngineRequest.of(request, engine.settings().allowEio3()),
                    origin);
        } catch (RefusedException e) {
            refuse(ctx, e.error(), origin);
        }
    }

    private void route(
            ChannelHandlerContext ctx,
            HttpRequest http,
            RemoteClient client,
            EngineRequest request,
            @Nullable String origin)
            throws RefusedException {
        EngineSession session = request.sid() == null ? null : engine.sessions().find(request.sid());
        if (request.sid() != null && session == null) {
            throw new RefusedException(RequestError.UNKNOWN_SESSION);
        }
        if (session != null && session.handshake().revision() != request.revision()) {
            throw new RefusedException(RequestError.BAD_REQUEST);
        }
        if (request.webSocket()) {
            body = new WebSocketOpening(this, engine, ctx, http, client, request, session);
        } else if (session == null) {
            openPolling(ctx, client, request, origin);
        } else if (!(session.transport() instanceof PollingTransport polling)) {
            throw new RefusedException(RequestError.BAD_REQUEST);
        } else if (request.method().equals(HttpMethod.POST)) {
            beginPost(ctx, session, polling, http, origin);
        } else {
            beginPoll(ctx, polling, origin);
        }
    }

    private void openPolling(
            ChannelHandlerContext ctx, RemoteClient client, EngineRequest request, @Nullable String origin)
            throws RefusedException {
        EngineSession session = open(ctx, client, request);
        PollingTransport transport = new PollingTransport(session);
        session.start(transport, Packets.open(handshakeJson(session, true)), engine.opener());
        beginPoll(ctx, transport, origin);
    }

    EngineSession open(ChannelHandlerContext ctx, RemoteClient client, EngineRequest request) throws RefusedException {
        return engine.sessions()
                .create(
                        engine.handshakes()
                                .read(request.revision(), request.readsBytes(), client.address(), request.headers()),
                        ctx.channel().eventLoop());
    }

    /** The data of the OPEN packet (protocol, section "Handshake"). */
    String handshakeJson(EngineSession session, boolean canUpgrade) {
        EngineSettings settings = engine.settings();
        return "{\"sid\":\"" + session.id() + "\",\"upgrades\":" + (canUpgrade ? "[\"websocket\"]" : "[]")
                + ",\"pingInterval\":" + settings.pingInterval().toMillis()
                + ",\"pingTimeout\":" + settings.pingTimeout().toMillis()
                + ",\"maxPayload\":" + settings.maxPayload() + "}";
    }

    private void beginPoll(ChannelHandlerContext ctx, PollingTransport transport, @Nullable String origin) {
        Poll arrived = new Poll(ctx, transport, origin);
        poll = arrived;
        if (!transport.onPoll(arrived)) {
            refuse(ctx, RequestError.BAD_REQUEST, origin);
        }
    }

    private void beginPost(
            ChannelHandlerContext ctx,
            EngineSession session,
            PollingTransport transport,
            HttpRequest http,
            @Nullable String origin)
            throws RefusedException {
        if (!transport.onPostBegun()) {
            throw new RefusedException(RequestError.BAD_REQUEST);
        }
        int maxPayload = engine.settings().maxPayload();
        // Judged by Content-Length alone: the body may never arrive, and a client that sent Expect: 100-continue is
        // spared it.
        long announced = HttpUtil.getContentLength(http, 0L);
        if (announced > maxPayload) {
            session.end(EndReason.PROTOCOL_ERROR);
            throw new RefusedException(RequestError.TOO_LARGE);
        }
        if (!session.standing().mayCome(announced)) {
            session.inbox().tooMuch();
            throw new RefusedException(RequestError.TOO_LARGE);
        }
        if (http.headers().containsValue(HttpHeaderNames.EXPECT, "100-continue", true)) {
            ctx.writeAndFlush(HttpAnswers.continueWithBody());
        }
        PostBody post = new PostBody(ctx, session, transport, origin, isBinary(http.headers()), maxPayload);
        body = post;
        transport.receive(post);
    }

    private static boolean isBinary(HttpHeaders headers) {
        CharSequence type = HttpUtil.getMimeType(headers.get(HttpHeaderNames.CONTENT_TYPE, ""));
        return type != null && HttpHeaderValues.APPLICATION_OCTET_STREAM.contentEqualsIgnoreCase(type);
    }

    void refuse(ChannelHandlerContext ctx, RequestError error, @Nullable String origin) {
        engine.observer().refused(error);
        respond(ctx, HttpAnswers.refusal(error, origin));
    }

    private static void respond(ChannelHandlerContext ctx, FullHttpResponse response) {
        ctx.writeAndFlush(response);
    }

    /** A poll on this connection. */
    private static final class Poll implements PollReply {

        private final ChannelHandlerContext ctx;
        private final PollingTransport transport;
        private final @Nullable String origin;

        Poll(ChannelHandlerContext ctx, PollingTransport transport, @Nullable String origin) {
            this.ctx = ctx;
            this.transport = transport;
            this.origin = origin;
        }

        @Override
        public EventLoop loop() {
            return ctx.channel().eventLoop();
        }

        @Override
        public void answer(ByteBuf payload, boolean bytes) {
            respond(ctx, HttpAnswers.payload(payload, bytes, origin));
        }

        void abort() {
            transport.onPollAborted(this);
        }
    }
}
