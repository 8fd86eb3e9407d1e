package dev.realtime.frontdoor.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request decoder that decodes no further than asked.
 *
 * <p>It stops after each request until {@link #next()}, and within a body while it is {@linkplain #hold() held}. What
 * the client sends meanwhile stays in the decoder as bytes. Reading goes on until {@value #MAX_HELD} bytes are waiting,
 * so that a client that closes its connection is noticed at once. This one mechanism keeps pipelined requests in order,
 * bounds them, and is the upload's backpressure.
 *
 * <p>Refuses folded header lines, which Netty's decoder joins silently.
 */
public final class PacedRequestDecoder extends HttpRequestDecoder {

    /** The most bytes kept before reading stops; one more read of the socket may exceed it. */
    static final int MAX_HELD = 16 * 1024;

    private @Nullable ChannelHandlerContext context;
    private boolean held;
    private boolean wasHeld;
    private boolean complete;
    private boolean discarding;
    private boolean inHead = true;
    private boolean headStarted;
    private boolean headLineConsumed;
    private boolean decoding;
    private boolean again;

    /** Decodes the first request without {@link #next()}. */
    public PacedRequestDecoder(HttpDecoderConfig config) {
        super(config);
    }

    /** Stops decoding the current body. */
    public void hold() {
        held = true;
        wasHeld = true;
    }

    /** A request begins: earlier holds do not count for its body. */
    public void forgetHolds() {
        wasHeld = held;
    }

    /** Whether the body has been held since the last call. */
    public boolean heldMeanwhile() {
        boolean was = wasHeld;
        wasHeld = held;
        return was;
    }

    /** Continues decoding the current body. */
    public void resume() {
        if (held) {
            held = false;
            pump();
        }
    }

    /** Decodes the next request, which may already be here. */
    public void next() {
        held = false;
        complete = false;
        pump();
    }

    /** Discards everything from now on. */
    public void discardRest() {
        discarding = true;
        held = false;
        complete = false;
        pump();
    }

    /** Whether an incomplete request head has arrived. */
    public boolean headStarted() {
        return headStarted;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        super.handlerRemoved0(ctx);
        context = null;
        ctx.channel().config().setAutoRead(true);
    }

    private void pump() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        ctx.channel().config().setAutoRead(true);
        if (decoding) {
            again = true;
        } else if (internalBuffer().isReadable()) {
            try {
                channelRead(ctx, Unpooled.EMPTY_BUFFER);
                ctx.fireChannelReadComplete();
            } catch (Exception e) {
                ctx.fireExceptionCaught(e);
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        decoding = true;
        try {
            super.channelRead(ctx, msg);
            while (again) {
                again = false;
                if (!ctx.isRemoved() && internalBuffer().isReadable()) {
                    super.channelRead(ctx, Unpooled.EMPTY_BUFFER);
                }
            }
        } finally {
            decoding = false;
        }
        if ((held || complete) && !ctx.isRemoved() && internalBuffer().readableBytes() > MAX_HELD) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (discarding) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (held || complete) {
            return;
        }
        if (inHead) {
            headStarted |= in.isReadable();
            if (hasFoldedLine(in)) {
                in.skipBytes(in.readableBytes());
                discarding = true;
                out.add(foldedHead());
                return;
            }
        }
        int first = out.size();
        int start = in.readerIndex();
        super.decode(ctx, in, out);
        headLineConsumed |= in.readerIndex() > start;
        for (int i = first; i < out.size(); i++) {
            track(out.get(i));
        }
    }

    private void track(Object decoded) {
        if (decoded instanceof HttpObject object && object.decoderResult().isFailure()) {
            discarding = true;
        }
        if (decoded instanceof HttpRequest) {
            inHead = false;
            headStarted = false;
        }
        if (decoded instanceof LastHttpContent) {
            complete = true;
            inHead = true;
            headLineConsumed = false;
        }
    }

    /** Scans the head, as far as it has arrived, for a line that begins with whitespace. */
    private boolean hasFoldedLine(ByteBuf in) {
        int end = in.writerIndex();
        int line = in.readerIndex();
        if (!headLineConsumed) {
            while (line < end && isLineEnd(in.getByte(line))) {
                line++;
            }
        }
        boolean first = !headLineConsumed;
        while (line < end && !isLineEnd(in.getByte(line))) {
            byte start = in.getByte(line);
            if (!first && (start == HttpConstants.SP || start == HttpConstants.HT)) {
                return true;
            }
            first = false;
            int lineEnd = in.indexOf(line, end, HttpConstants.LF);
            if (lineEnd < 0) {
                return false;
            }
            line = lineEnd + 1;
        }
        return false;
    }

    private static boolean isLineEnd(byte b) {
        return b == HttpConstants.CR || b == HttpConstants.LF;
    }

    private static HttpRequest foldedHead() {
        HttpRequest head =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/bad-request", Unpooled.EMPTY_BUFFER);
        head.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("Folded header line")));
        return head;
    }
}
