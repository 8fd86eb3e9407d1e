package dev.realtime.service.gateway.frontdoor;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What came behind an upgrade request before the upgrade was done: kept, so that the gateway sees it after its
 * handshake, and the failure of what is no frame in its place among the frames. Bounded by what the decoder holds and
 * one turn of the event loop reads.
 */
final class EarlyFrames {

    private record Failure(Throwable cause) {}

    private final Deque<Object> frames = new ArrayDeque<>();

    void add(Object frame) {
        frames.add(frame);
    }

    void addFailure(Throwable failure) {
        frames.add(new Failure(failure));
    }

    void handTo(ChannelHandlerContext ctx) {
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

    void release() {
        while (!frames.isEmpty()) {
            ReferenceCountUtil.release(frames.poll());
        }
    }
}
