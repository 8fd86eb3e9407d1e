package dev.realtime.service.gateway.frontdoor;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that another instance serves: a connection of its own to it, over which the upgrade request goes first.
 * Only a 101 makes both connections one; any other answer is passed on as the answer it is, so that nothing the client
 * sends behind its request can reach the other instance as a request of ours. Both connections share an event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What cannot be written ends in channelInactive.
final class PeerTunnel extends ChannelInboundHandlerAdapter implements Exchange {

    private static final int MAX_ANSWER = 64 * 1024;
    private static final String CODEC = "http-codec";
    private static final String AGGREGATOR = "http-aggregator";

    private final HttpRequest head;
    private final FrontDoorHandler handler;
    private final ClientSide client;
    private final DoorServices services;
    private final Deadline deadline;
    private final EarlyFrames early = new EarlyFrames();
    private @Nullable Channel peer;
    private boolean ended;
    private boolean switching;

    PeerTunnel(HttpRequest head, FrontDoorHandler handler, ClientSide client, DoorServices services) {
        this.head = head;
        this.handler = handler;
        this.client = client;
        this.services = services;
        deadline = new Deadline(client.ctx().executor());
    }

    void start(InetSocketAddress address) {
        deadline.set(services.tuning().responseTimeout(), this::overdue);
        ChannelFuture connecting = new Bootstrap()
                .group(client.ctx().channel().eventLoop())
                .channel(services.channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, DoorServices.PEER_CONNECT_MILLIS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(CODEC, new HttpClientCodec())
                                .addLast(AGGREGATOR, new HttpObjectAggregator(MAX_ANSWER))
                                .addLast(PeerTunnel.this);
                    }
                })
                .connect(address);
        peer = connecting.channel();
        connecting.addListener(_ -> {
            if (!connecting.isSuccess()) {
                lost();
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, head.method(), head.uri(), Unpooled.EMPTY_BUFFER);
        request.headers().set(head.headers());
        ctx.writeAndFlush(request);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (switching) {
            if (!early.add(msg)) {
                ctx.close();
            }
        } else if (ended || !(msg instanceof FullHttpResponse response)) {
            ReferenceCountUtil.release(msg);
            ctx.close();
        } else if (response.decoderResult().isFailure()) {
            response.release();
            ctx.close();
        } else if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            switching = true;
            deadline.close();
            // One turn later, when the codec has let go of what came behind the 101.
            ctx.executor().execute(() -> join(ctx, response));
        } else {
            end();
            HopByHop.strip(response.headers());
            client.respond(response);
            client.flush();
            ctx.close();
        }
    }

    private void join(ChannelHandlerContext ctx, FullHttpResponse response) {
        if (ended) {
            response.release();
            early.release();
            ctx.close();
            return;
        }
        ended = true;
        Channel other = ctx.channel();
        ctx.pipeline().addLast(new RawRelay(client.ctx().channel()));
        ctx.pipeline().remove(CODEC);
        ctx.pipeline().remove(AGGREGATOR);
        handler.becomeTunnel(response, other);
        ctx.pipeline().remove(this);
        early.handTo(ctx);
        if (!other.isActive()) {
            client.ctx().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (switching) {
            // What came before the end is still on its way to the client.
            ctx.fireChannelInactive();
        } else {
            lost();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void lost() {
        if (!ended) {
            end();
            client.fail(Refusal.backendUnavailable());
        }
    }

    private void overdue() {
        if (!ended) {
            abort();
            client.fail(Refusal.backendTimeout());
        }
    }

    private void end() {
        ended = true;
        deadline.close();
    }

    /** An upgrade request has no body: this can only be its end. */
    @Override
    public void content(HttpContent content) {
        content.release();
    }

    @Override
    public void contentPaused() {}

    @Override
    public void clientWritable(boolean writable) {}

    @Override
    public void abort() {
        end();
        Channel open = peer;
        if (open != null) {
            open.close();
        }
    }
}
