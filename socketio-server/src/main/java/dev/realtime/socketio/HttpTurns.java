package dev.realtime.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Serves the requests of one connection one at a time: the next one is passed on when the response to this one has been
 * written. Keeps the connection alive if both sides want that, and discards the rest of a body whose request has been
 * answered. Leaves the pipeline when the connection becomes a WebSocket, without losing frames that came early. Closes a
 * connection on which nothing arrives for a minute while no response is pending.
 */
final class HttpTurns extends ChannelDuplexHandler {

    private static final String CODEC = "http";
    private static final String IDLE = "idle";
    private static final int IDLE_SECONDS = 60;
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 32 * 1024;
    private static final int MAX_PIECE = 16 * 1024;

    /** Socket.IO clients do not pipeline requests. */
    private static final int MAX_EARLY = 32;

    private final Deque<HttpObject> early = new ArrayDeque<>();

    /** What the HTTP decoder had not read when it was removed: frames that came behind the request for a WebSocket. */
    private final Deque<Object> behindUpgrade = new ArrayDeque<>(0);

    /** A request has been passed on, and its turn is not over. */
    private boolean taken;

    private boolean complete;
    private boolean answered;
    private boolean keepAlive;

    /** The connection is becoming a WebSocket. */
    private boolean upgrading;

    private HttpTurns() {}

    static void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(
                CODEC,
                new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_LINE)
                        .setMaxHeaderSize(MAX_HEADERS)
                        .setMaxChunkSize(MAX_PIECE)
                        .setAllowDuplicateContentLengths(false)
                        .setStrictLineParsing(true)
                        .setUseRfc9112TransferEncoding(true)));
        pipeline.addLast(IDLE, new IdleStateHandler(IDLE_SECONDS, 0, 0));
        pipeline.addLast("turns", new HttpTurns());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (upgrading && message instanceof ByteBuf) {
            behindUpgrade.addLast(message);
        } else if (!(message instanceof HttpObject object)) {
            ctx.fireChannelRead(message);
        } else if (early.isEmpty() && !(taken && complete)) {
            take(ctx, object);
        } else if (early.size() < MAX_EARLY) {
            early.addLast(object);
        } else {
            ReferenceCountUtil.release(message);
            ctx.close();
        }
    }

    private void take(ChannelHandlerContext ctx, HttpObject object) {
        if (object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(object);
            refuse(ctx);
            return;
        }
        if (object instanceof HttpRequest request) {
            taken = true;
            complete = false;
            answered = false;
            keepAlive = HttpUtil.isKeepAlive(request);
        }
        complete = object instanceof LastHttpContent;
        if (answered && object instanceof HttpContent) {
            ReferenceCountUtil.release(object);
            endTurn(ctx);
        } else {
            ctx.fireChannelRead(object);
        }
    }

    /** Invalid HTTP has no recognizable end, so the connection must close. */
    private void refuse(ChannelHandlerContext ctx) {
        if (taken && !answered) {
            ctx.close();
            return;
        }
        keepAlive = false;
        answered = true;
        HttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        HttpUtil.setKeepAlive(response, false);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof HttpResponse response)) {
            ctx.write(message, promise);
            return;
        }
        int status = response.status().code();
        if (status == HttpResponseStatus.CONTINUE.code()) {
            ctx.write(message, promise);
        } else if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            upgrading = true;
            ctx.pipeline().remove(IDLE);
            // After the handshake's own listeners, which put the handlers of frames into the pipeline.
            ctx.write(message, promise.unvoid())
                    .addListener(done -> ctx.executor().execute(() -> leave(ctx, done.isSuccess())));
        } else {
            answer(ctx, response, promise);
        }
    }

    /** Bytes that came behind the request are frames; the decoder of frames is in front of this handler. */
    private void leave(ChannelHandlerContext ctx, boolean upgraded) {
        if (ctx.isRemoved()) {
            return;
        }
        Deque<Object> bytes = new ArrayDeque<>(behindUpgrade);
        behindUpgrade.clear();
        ctx.pipeline().remove(this);
        if (!upgraded) {
            bytes.forEach(ReferenceCountUtil::release);
        } else if (!bytes.isEmpty()) {
            bytes.forEach(ctx.pipeline()::fireChannelRead);
            ctx.pipeline().fireChannelReadComplete();
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpResponse response, ChannelPromise promise) {
        keepAlive &= HttpUtil.isKeepAlive(response);
        HttpUtil.setKeepAlive(response, keepAlive);
        ctx.write(response, promise.unvoid()).addListener(done -> {
            answered = true;
            if (!done.isSuccess()) {
                ctx.close();
            } else {
                endTurn(ctx);
            }
        });
    }

    private void endTurn(ChannelHandlerContext ctx) {
        if (!taken || !complete) {
            return;
        }
        if (!keepAlive) {
            ctx.close();
            return;
        }
        taken = false;
        while (!early.isEmpty() && !(taken && complete) && ctx.channel().isActive()) {
            take(ctx, early.removeFirst());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof IdleStateEvent)) {
            ctx.fireUserEventTriggered(event);
        } else if (!taken || !complete) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        dropEarly();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        dropEarly();
    }

    private void dropEarly() {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        behindUpgrade.forEach(ReferenceCountUtil::release);
        behindUpgrade.clear();
    }
}
