package dev.realtime.service.gateway.engineio;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Counts the frames of a WebSocket as they come from the network, before fragments are put together: pongs and empty
 * fragments are work too, and nobody behind would see them. Those of a client that sends too many are dropped.
 */
final class FrameCount extends ChannelInboundHandlerAdapter {

    private final Inbox inbox;

    FrameCount(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        // The client's last word is always welcome.
        if (message instanceof WebSocketFrame frame && !(frame instanceof CloseWebSocketFrame) && !inbox.count()) {
            frame.release();
            return;
        }
        ctx.fireChannelRead(message);
    }
}
