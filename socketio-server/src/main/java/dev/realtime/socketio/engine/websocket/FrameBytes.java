package dev.realtime.socketio.engine.websocket;

import dev.realtime.socketio.engine.session.Inbox;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Counts the bytes of a WebSocket as they come from the network, before frames are made of them, and takes room for those of
 * a frame that is not complete. A client that has sent too much is not heard any more, its half frame is dropped.
 */
final class FrameBytes extends ChannelInboundHandlerAdapter {

    /** The name that Netty's handshake gives to the decoder of frames. */
    static final String DECODER = "wsdecoder";

    private static final int SHORT_HEADER = 6;
    private static final int LENGTH_16 = 126;
    private static final int HEADER_16 = 8;
    private static final int HEADER_64 = 14;

    private final Inbox inbox;
    /** Bytes that went into the decoder and have not come out as frames. */
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

    /** A frame has come out of the decoder. */
    void decoded(WebSocketFrame frame) {
        int payload = frame.content().readableBytes();
        int header = payload < LENGTH_16 ? SHORT_HEADER : payload <= 0xFFFF ? HEADER_16 : HEADER_64;
        // What came before this handler did was not counted.
        pending = Math.max(0, pending - payload - header);
    }

    /** Nearly always whole frames have come and there is nothing to hold. */
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
                // What it holds of a frame goes on from here, to where nobody takes it.
                ctx.pipeline().remove(DECODER);
            }
        }
    }
}
