package dev.realtime.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Splits a connection's bytes into the server's WebSocket frames; copies only frames that arrive in pieces. */
final class FrameReader {

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    /** The start of an incomplete frame. */
    private @Nullable ByteBuf kept;

    /** Receives frames. */
    interface Sink {

        /** A complete frame's payload; the buffer is valid during the call only. */
        void onFrame(int opcode, ByteBuf buffer, int index, int length);
    }

    /** Reads bytes; the buffer remains the caller's. */
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
