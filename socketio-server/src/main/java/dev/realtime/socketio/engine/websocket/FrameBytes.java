package dev.realtime.socketio.engine.websocket;

import dev.realtime.socketio.engine.session.Inbox;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Counts the bytes of a WebSocket before they are decoded into frames, and takes room for the bytes of an incomplete
 * frame. A client that exceeds a limit is ignored from then on, and its incomplete frame is dropped.
 */
final class FrameBytes extends ChannelInboundHandlerAdapter {

    /** The name that Netty's handshaker gives to the frame decoder. */
    static final String DECODER = "wsdecoder";

    private static final int SHORT_HEADER = 6;
    private static final int LENGTH_16 = 126;
    private static final int HEADER_16 = 8;
    private static final int HEADER_64 = 14;

    private final Inbox inbox;
    /** The bytes that went into the decoder and have not come out as frames. */
    private int pending;

    private int held;
    private boolean deaf;

    FrameBytes(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        int length = bytes.readableBytes();
        if (deaf || !inbox.arrived(length)) {
            bytes.release();
            deafen(ctx);
            return;
        }
        pending += length;
        ctx.fireChannelRead(bytes);
        if (!settle()) {
            deafen(ctx);
        }
    }

    /** A frame came out of the decoder. */
    void decoded(WebSocketFrame frame) {
        int payload = frame.content().readableBytes();
        int header = payload < LENGTH_16 ? SHORT_HEADER : payload <= 0xFFFF ? HEADER_16 : HEADER_64;
        // Bytes that arrived before this handler were not counted.
        pending = Math.max(0, pending - payload - header);
    }

    /** Takes or returns room for the incomplete frame; nearly always only whole frames have arrived. */
    private boolean settle() {
        int more = pending - held;
        if (more > 0 && !inbox.hold(more)) {
            return false;
        }
        if (more < 0) {
            inbox.giveBack(-more);
        }
        held = pending;
        return true;
    }

    private void deafen(ChannelHandlerContext ctx) {
        if (!deaf) {
            deaf = true;
            inbox.giveBack(held);
            pending = 0;
            held = 0;
            if (ctx.pipeline().get(DECODER) != null) {
                // Removing the decoder releases its bytes to the next handler, which drops them.
                ctx.pipeline().remove(DECODER);
            }
        }
    }
}
