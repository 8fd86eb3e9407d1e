package dev.realtime.frontdoor.channel;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * One half of a tunnel: writes to the other channel what its own channel receives. While its own channel is not
 * writable, the other one is not read. When one channel ends, the other ends too, after its pending writes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends in channelInactive.
public final class RawRelay extends ChannelInboundHandlerAdapter {

    private final Channel other;

    /** Writes to this channel what its own channel receives. */
    public RawRelay(Channel other) {
        this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        other.write(msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        other.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        other.config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        // A channel that is not read does not notice its own end.
        other.config().setAutoRead(true);
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
