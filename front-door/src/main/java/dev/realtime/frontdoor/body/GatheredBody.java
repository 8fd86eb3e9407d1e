package dev.realtime.frontdoor.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * The first {@value #ENOUGH} bytes of a request body, held until the request is worth a back-end connection. The bytes
 * are copied, because slices would retain receive buffers of many times their size.
 */
public final class GatheredBody implements AutoCloseable {

    /** Once this many bytes are here, or the whole body, the request is sent on. */
    public static final int ENOUGH = 64 * 1024;

    private static final int FIRST = 1024;

    private final BodyMemory.Share share;
    private final InetAddress client;
    private byte[] bytes = {};
    private int size;
    private boolean arriving;

    /**
     * An empty body.
     *
     * @param tooSlow called once, on any thread, if the body is ended because it arrives too slowly
     */
    public GatheredBody(BodyMemory memory, InetAddress client, Runnable tooSlow) {
        this.share = memory.open(tooSlow);
        this.client = client;
    }

    /** Adds a piece; false if there is no memory for it. */
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

    /** Whether the request may be sent on. */
    public boolean isEnough() {
        return size >= ENOUGH;
    }

    /** The gathered bytes; their memory counts as held until this is closed. */
    public ByteBuf content() {
        return Unpooled.wrappedBuffer(bytes, 0, size);
    }

    @Override
    public void close() {
        share.close();
    }
}
