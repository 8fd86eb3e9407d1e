package dev.realtime.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Posts on persistent connections, one request at a time on each; confined to the crowd's event loop. */
final class Poster {

    private static final int MAX_ANSWER = 64 * 1024;

    private final Deque<Line> idle = new ArrayDeque<>();
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final Bootstrap bootstrap;
    private final String head;
    private final int most;
    private int lines;

    private record Request(String path, byte[] body, IntConsumer onStatus) {}

    /**
     * @param token the webhook token; null if not needed
     * @param most the most connections
     */
    Poster(EventLoop loop, int port, @Nullable String token, int most) {
        this.most = most;
        this.head = " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Type: application/json\r\n"
                + (token == null ? "" : "X-Webhook-Token: " + token + "\r\n") + "Content-Length: ";
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .remoteAddress("127.0.0.1", port)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpResponseDecoder(), new HttpObjectAggregator(MAX_ANSWER), new Line());
                    }
                });
    }

    /**
     * Posts the body, which is copied before this returns; {@code onStatus} receives the answer's status, or 0 without
     * an answer.
     */
    void post(String path, byte[] body, IntConsumer onStatus) {
        Line line = idle.pollFirst();
        if (line != null) {
            line.send(new Request(path, body, onStatus));
            return;
        }
        waiting.addLast(new Request(path, body.clone(), onStatus));
        if (lines < most) {
            lines++;
            bootstrap.connect().addListener(connected -> {
                if (!connected.isSuccess()) {
                    lines--;
                    Request lost = waiting.pollFirst();
                    if (lost != null) {
                        lost.onStatus.accept(0);
                    }
                }
            });
        }
    }

    /** Closes idle connections; the others close after their answers. */
    void close() {
        idle.forEach(Line::close);
        idle.clear();
    }

    private final class Line extends SimpleChannelInboundHandler<FullHttpResponse> {

        private @Nullable ChannelHandlerContext context;
        private @Nullable Request current;

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            context = ctx;
            next();
        }

        private void next() {
            Request request = waiting.pollFirst();
            if (request == null) {
                idle.addFirst(this);
            } else {
                send(request);
            }
        }

        void send(Request request) {
            current = request;
            byte[] opening = ("POST " + request.path + head + request.body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            ByteBuf bytes = Unpooled.buffer(opening.length + request.body.length);
            bytes.writeBytes(opening).writeBytes(request.body);
            if (context != null) {
                context.writeAndFlush(bytes, context.voidPromise());
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse answer) {
            Request answered = current;
            current = null;
            int status = answer.status().code();
            next();
            if (answered != null) {
                answered.onStatus.accept(status);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            lines--;
            idle.remove(this);
            Request lost = current;
            current = null;
            if (lost != null) {
                lost.onStatus.accept(0);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        void close() {
            if (context != null) {
                context.close();
            }
        }
    }
}
