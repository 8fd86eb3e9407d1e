package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.channel.Deadline;
import dev.realtime.frontdoor.channel.EarlyFrames;
import dev.realtime.frontdoor.channel.RawRelay;
import dev.realtime.frontdoor.http.HopByHop;
import dev.realtime.frontdoor.http.Refusal;
import dev.realtime.frontdoor.routing.Client;
import dev.realtime.frontdoor.routing.Exchange;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that another instance serves, over a connection of its own on the client's event loop. The upgrade
 * request goes first. Only a 101 joins the two connections, and any other response is passed on: without a 101, what
 * the client sends behind its request could reach the other instance as a request of this one.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends in channelInactive.
final class PeerTunnel extends ChannelInboundHandlerAdapter implements Exchange {

    private static final int MAX_ANSWER = 64 * 1024;
    private static final String CODEC = "http-codec";
    private static final String AGGREGATOR = "http-aggregator";

    private final HttpRequest head;
    private final Client client;
    private final Backends backends;
    private final Deadline deadline;
    private final EarlyFrames early = new EarlyFrames();
    private @Nullable Channel peer;
    private boolean ended;
    private boolean switching;

    PeerTunnel(HttpRequest head, Client client, Backends backends) {
        this.head = head;
        this.client = client;
        this.backends = backends;
        deadline = new Deadline(client.executor());
    }

    void start(InetSocketAddress address) {
        deadline.set(backends.patience().response(), this::overdue);
        ChannelFuture connecting = new Bootstrap()
                .group(client.channel().eventLoop())
                .channel(backends.channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Backends.PEER_CONNECT_MILLIS)
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
        ctx.writeAndFlush(WholeRequest.of(head));
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
            // One turn later, when the codec has released the bytes behind the 101.
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
        ctx.pipeline().addLast(new RawRelay(client.channel()));
        ctx.pipeline().remove(CODEC);
        ctx.pipeline().remove(AGGREGATOR);
        client.becomeTunnel(response, other);
        ctx.pipeline().remove(this);
        early.handTo(ctx);
        if (!other.isActive()) {
            client.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (switching) {
            // What came before the end is still being written to the client.
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
