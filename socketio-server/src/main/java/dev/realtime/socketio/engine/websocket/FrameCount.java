package dev.realtime.socketio.engine.websocket;

import dev.realtime.socketio.engine.session.Inbox;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Counts the frames of a WebSocket before they are aggregated, and takes room for fragments: pongs and empty fragments
 * are work too, and later handlers never see them. The frames of a client that exceeds a limit are dropped.
 */
final class FrameCount extends ChannelInboundHandlerAdapter {

    /** What a fragment costs besides its bytes; it may be empty. */
    private static final int FRAGMENT_OVERHEAD = 128;

    private final Inbox inbox;
    private final FrameBytes bytes;
    private int fragments;

    FrameCount(Inbox inbox, FrameBytes bytes) {
        this.inbox = inbox;
        this.bytes = bytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            // The rest of a dropped frame.
            ReferenceCountUtil.release(message);
            return;
        }
        bytes.decoded(frame);
        // A Close frame is always accepted.
        if (!(frame instanceof CloseWebSocketFrame) && !(inbox.count() && hold(frame))) {
            frame.release();
            return;
        }
        ctx.fireChannelRead(frame);
    }

    private boolean hold(WebSocketFrame frame) {
        if (!isPartOfMessage(frame)) {
            return true;
        }
        if (frame.isFinalFragment()) {
            // The message is complete, and its receiver takes room for it.
            if (fragments > 0) {
                inbox.giveBack(fragments);
                fragments = 0;
            }
            return true;
        }
        int cost = frame.content().readableBytes() + FRAGMENT_OVERHEAD;
        if (!inbox.hold(cost)) {
            return false;
        }
        fragments += cost;
        return true;
    }

    private static boolean isPartOfMessage(WebSocketFrame frame) {
        return frame instanceof ContinuationWebSocketFrame
                || frame instanceof TextWebSocketFrame
                || frame instanceof BinaryWebSocketFrame;
    }
}
