package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.address.ClientKey;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection to the back end: idle in the pool, or serving exactly one exchange. Lives on its client's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // The end of the connection is reported by channelInactive.
final class BackendConnection extends ChannelInboundHandlerAdapter {

    private final Channel channel;
    private final BackendPool pool;
    private @Nullable ProxiedExchange exchange;
    /** Whose share of the pool this connection is counted in. */
    private @Nullable ClientKey client;

    private boolean used;
    private long idleSince;

    BackendConnection(Channel channel, BackendPool pool) {
        this.channel = channel;
        this.pool = pool;
    }

    Channel channel() {
        return channel;
    }

    /** Whether it has served before, so that the other end may have closed it without our knowing. */
    boolean used() {
        return used;
    }

    long idleSince() {
        return idleSince;
    }

    /** Counts it in the share of this client from here on. */
    void takenBy(ClientKey key) {
        client = key;
    }

    /** Whose share it was counted in, and is no longer; null when it is in none. */
    @Nullable
    ClientKey leaveShare() {
        ClientKey was = client;
        client = null;
        return was;
    }

    void serve(ProxiedExchange next) {
        exchange = next;
        channel.config().setAutoRead(true);
    }

    /** The exchange is complete on both sides: back to the pool. */
    void release() {
        exchange = null;
        used = true;
        idleSince = System.nanoTime();
        channel.config().setAutoRead(true);
        pool.release(this);
    }

    /** Whatever was going on ends here. */
    void discard() {
        exchange = null;
        pool.returnShare(this);
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ProxiedExchange current = exchange;
        if (current != null && msg instanceof HttpObject object) {
            current.answered(object);
        } else {
            // Nobody asked: what follows on this connection can belong to nobody either.
            ReferenceCountUtil.release(msg);
            ctx.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ProxiedExchange current = exchange;
        if (current != null) {
            current.answerPaused();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ProxiedExchange current = exchange;
        if (current != null) {
            current.backendWritable(channel.isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pool.closed(this);
        ProxiedExchange current = exchange;
        exchange = null;
        if (current != null) {
            current.backendGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
