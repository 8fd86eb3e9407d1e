package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.address.ClientKey;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection to the back end, idle in the pool or serving exactly one exchange. On its client's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // channelInactive reports the end of the connection.
final class BackendConnection extends ChannelInboundHandlerAdapter {

    private final Channel channel;
    private final BackendPool pool;
    private @Nullable ProxiedExchange exchange;
    /** The client in whose share of the pool this connection counts. */
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

    /** Whether it has served before, so that the back end may have closed it unnoticed. */
    boolean used() {
        return used;
    }

    long idleSince() {
        return idleSince;
    }

    /** From now on counts in this client's share. */
    void takenBy(ClientKey key) {
        client = key;
    }

    /** Leaves its client's share; returns that client, or null if it was in none. */
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

    /** Returns to the pool; the exchange is complete on both sides. */
    void release() {
        exchange = null;
        used = true;
        idleSince = System.nanoTime();
        channel.config().setAutoRead(true);
        pool.release(this);
    }

    /** Closes the connection, whatever it was doing. */
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
            // An unsolicited response: what follows on this connection could be matched to the wrong request.
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
