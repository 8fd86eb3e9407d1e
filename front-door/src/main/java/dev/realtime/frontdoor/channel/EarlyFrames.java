package dev.realtime.frontdoor.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The frames that arrive behind an upgrade request before the upgrade is complete. They are passed on after the
 * endpoint's handshake, and decoder failures are replayed in their place among them. At most {@value #MOST_BYTES}
 * bytes: a client that waits for the upgrade's response does not send more.
 */
public final class EarlyFrames {

    private record Failure(Throwable cause) {}

    private static final int MOST_BYTES = 256 * 1024;

    /** The cost of a message that does not hold bytes itself. */
    private static final int LEAST_BYTES = 64;

    private final Deque<Object> frames = new ArrayDeque<>();
    private long bytes;

    /** Keeps a message; false if there are too many, in which case the message has been released. */
    public boolean add(Object frame) {
        bytes += Math.max(LEAST_BYTES, size(frame));
        if (bytes > MOST_BYTES) {
            ReferenceCountUtil.release(frame);
            return false;
        }
        frames.add(frame);
        return true;
    }

    private static int size(Object frame) {
        return switch (frame) {
            case ByteBuf buffer -> buffer.readableBytes();
            case ByteBufHolder holder -> holder.content().readableBytes();
            default -> 0;
        };
    }

    /** Keeps the failure of what came next. */
    public void addFailure(Throwable failure) {
        frames.add(new Failure(failure));
    }

    /** Passes everything to the next handler, in the order in which it came. */
    public void handTo(ChannelHandlerContext ctx) {
        if (frames.isEmpty()) {
            return;
        }
        while (!frames.isEmpty()) {
            Object next = frames.poll();
            if (next instanceof Failure(Throwable cause)) {
                ctx.fireExceptionCaught(cause);
            } else {
                ctx.fireChannelRead(next);
            }
        }
        ctx.fireChannelReadComplete();
    }

    /** Releases everything unread. */
    public void release() {
        while (!frames.isEmpty()) {
            ReferenceCountUtil.release(frames.poll());
        }
    }
}
