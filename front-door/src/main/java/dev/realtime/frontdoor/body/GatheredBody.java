package dev.realtime.frontdoor.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * The first {@value #ENOUGH} bytes of a request body, kept until a back-end connection is worth taking. Copied, since
 * slices of what was received would keep buffers of many times their size.
 */
public final class GatheredBody implements AutoCloseable {

    /** With so many bytes, or with all of them, the request goes on its way. */
    public static final int ENOUGH = 64 * 1024;

    private static final int FIRST = 1024;

    private final BodyMemory.Share share;
    private final InetAddress client;
    private byte[] bytes = {};
    private int size;
    private boolean arriving;

    /**
     * An empty one.
     *
     * @param tooSlow called once, on any thread, when the body is ended because it arrives too slowly
     */
    public GatheredBody(BodyMemory memory, InetAddress client, Runnable tooSlow) {
        this.share = memory.open(tooSlow);
        this.client = client;
    }

    /** Adds a piece; false when there is no memory for it. */
    public boolean add(ByteBuf piece, boolean last) {
        int more = piece.readableBytes();
        if (size + more > bytes.length) {
            int larger = Math.max(size + more, last ? 0 : Math.max(FIRST, 2 * bytes.length));
            if (!share.take(larger - bytes.length)) {
                return false;
            }
            bytes = Arrays.copyOf(bytes, larger);
        }
        piece.readBytes(bytes, size, more);
        size += more;
        if (last || isEnough()) {
            return share.arrived();
        }
        if (!arriving) {
            arriving = true;
            return share.arriving(client);
        }
        return true;
    }

    /** Whether the request may go on its way. */
    public boolean isEnough() {
        return size >= ENOUGH;
    }

    /** What was gathered; it is paid for until this is closed. */
    public ByteBuf content() {
        return Unpooled.wrappedBuffer(bytes, 0, size);
    }

    @Override
    public void close() {
        share.close();
    }
}
