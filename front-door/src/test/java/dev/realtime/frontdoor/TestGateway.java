package dev.realtime.frontdoor;

import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.frontdoor.routing.ChannelEndpoint;
import dev.realtime.frontdoor.routing.EndpointPath;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Stands in for an endpoint: answers, polls that stay open, an early refusal, a streamed answer, a WebSocket echo. */
public final class TestGateway implements ChannelEndpoint {

    public static final EndpointPath PATH = new EndpointPath("/socket.io");

    public final AtomicInteger openPolls = new AtomicInteger();
    public final AtomicInteger inactive = new AtomicInteger();
    public final AtomicLong bodyBytes = new AtomicLong();
    public final Queue<ChannelHandlerContext> polls = new ConcurrentLinkedQueue<>();
    public final Queue<ChannelPipeline> upgraded = new ConcurrentLinkedQueue<>();
    public final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Override
    public EndpointPath path() {
        return PATH;
    }

    @Override
    public void configure(ChannelPipeline pipeline) {
        pipeline.addLast("gateway", new Handler());
    }

    /** Ends the oldest open poll. */
    public void endPoll(String body) {
        ChannelHandlerContext ctx = polls.remove();
        ctx.executor().execute(() -> answer(ctx, HttpResponseStatus.OK, body));
    }

    private static void answer(ChannelHandlerContext ctx, HttpResponseStatus status, String body) {
        ctx.writeAndFlush(new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)));
    }

    private final class Handler extends ChannelInboundHandlerAdapter {

        private @Nullable HttpRequest head;
        private boolean polling;
        private long body;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof HttpRequest request) {
                head = request;
                body = 0;
                if (request.uri().contains("early")) {
                    answer(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "early");
                }
            } else if (msg instanceof HttpContent content) {
                body += content.content().readableBytes();
                bodyBytes.addAndGet(content.content().readableBytes());
                content.release();
                if (msg instanceof LastHttpContent) {
                    complete(ctx);
                }
            } else if (msg instanceof TextWebSocketFrame frame) {
                ctx.writeAndFlush(frame);
            } else {
                ReferenceCountUtil.release(msg);
            }
        }

        private void complete(ChannelHandlerContext ctx) {
            HttpRequest request = head;
            if (request == null) {
                throw new IllegalStateException("content without a head");
            }
            if (request.headers().contains(HttpHeaderNames.UPGRADE, "websocket", true)) {
                upgrade(ctx, request);
            } else if (request.uri().contains("poll")) {
                polling = true;
                openPolls.incrementAndGet();
                polls.add(ctx);
            } else if (request.uri().contains("stream")) {
                ctx.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
                ctx.write(new DefaultHttpContent(Unpooled.copiedBuffer("one,", StandardCharsets.UTF_8)));
                ctx.write(new DefaultHttpContent(Unpooled.copiedBuffer("two", StandardCharsets.UTF_8)));
                ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            } else if (request.uri().contains("twice")) {
                answer(ctx, HttpResponseStatus.OK, "once");
                ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK))
                        .addListener(second -> {
                            if (second.cause() != null) {
                                failures.add(second.cause());
                            }
                        });
            } else {
                answer(
                        ctx,
                        HttpResponseStatus.OK,
                        "gateway " + request.method() + " " + request.uri() + " " + body + " "
                                + ClientAddress.of(ctx.channel()).ip());
            }
        }

        private void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
            DefaultFullHttpRequest full = new DefaultFullHttpRequest(
                    request.protocolVersion(), request.method(), request.uri(), Unpooled.EMPTY_BUFFER);
            full.headers().set(request.headers());
            WebSocketServerHandshaker handshaker =
                    new WebSocketServerHandshakerFactory("ws://localhost/socket.io/", null, false).newHandshaker(full);
            handshaker.handshake(ctx.channel(), full).addListener(done -> {
                if (done.isSuccess()) {
                    upgraded.add(ctx.pipeline());
                } else {
                    failures.add(done.cause());
                }
            });
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            inactive.incrementAndGet();
            if (polling) {
                openPolls.decrementAndGet();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures.add(cause);
            ctx.close();
        }
    }
}
