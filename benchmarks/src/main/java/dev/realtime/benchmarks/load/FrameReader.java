package dev.realtime.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Finds a server's WebSocket frames in what a connection brings; copies only a frame that came in pieces. */
final class FrameReader {

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    /** The beginning of a frame whose end has not come. */
    private @Nullable ByteBuf kept;

    /** Who is told of frames. */
    interface Sink {

        /** A whole frame's payload; the buffer is lent for the call. */
        void onFrame(int opcode, ByteBuf buffer, int index, int length);
    }

    /** Takes what has come; the buffer stays the caller's. */
    void read(ByteBuf came, Sink sink) {
        ByteBuf waiting = kept;
        if (waiting == null) {
            frames(came, sink);
            if (came.isReadable()) {
                kept = Unpooled.buffer(Math.max(512, 2 * came.readableBytes())).writeBytes(came);
            }
            return;
        }
        waiting.writeBytes(came);
        frames(waiting, sink);
        if (waiting.isReadable()) {
            waiting.discardReadBytes();
        } else {
            kept = null;
        }
    }

    private static void frames(ByteBuf buffer, Sink sink) {
        while (buffer.readableBytes() >= 2) {
            int start = buffer.readerIndex();
            int header = 2;
            long length = buffer.getByte(start + 1) & 0x7F;
            if (length == LENGTH_16) {
                header = 4;
            } else if (length == LENGTH_64) {
                header = 10;
            }
            if (buffer.readableBytes() < header) {
                return;
            }
            if (header == 4) {
                length = buffer.getUnsignedShort(start + 2);
            } else if (header == 10) {
                length = buffer.getLong(start + 2);
            }
            if (buffer.readableBytes() < header + length) {
                return;
            }
            buffer.skipBytes(header + (int) length);
            sink.onFrame(buffer.getByte(start) & 0x0F, buffer, start + header, (int) length);
        }
    }
}
