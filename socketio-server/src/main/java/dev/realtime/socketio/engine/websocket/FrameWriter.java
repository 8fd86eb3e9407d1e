package dev.realtime.socketio.engine.websocket;

import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.wire.WireFormat;
import dev.realtime.socketio.protocol.EncodedPacket;
import io.netty.channel.unix.IovArray;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole frames to WebSockets, many per system call; one writer per event loop.
 *
 * <p>With epoll, and while the channel has no pending writes, frames go straight to the socket, past the pipeline and
 * its buffer: a frame for a thousand sockets then costs only the call for each. What the socket does not accept, and
 * everything without epoll, goes through the channel.
 */
final class FrameWriter {

    private static final FastThreadLocal<FrameWriter> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected FrameWriter initialValue() {
            return new FrameWriter();
        }

        @Override
        protected void onRemoval(FrameWriter writer) {
            writer.release();
        }
    };

    /** The most one call takes, and the most a blocked connection may hold beyond its outbox. */
    private static final int MAX_PACKETS = 64;

    private static final int MAX_BYTES = 64 * 1024;

    private final List<EncodedPacket> batch = new ArrayList<>(MAX_PACKETS);
    private @Nullable IovArray vectors;

    private FrameWriter() {}

    static FrameWriter ofThisLoop() {
        return OF_LOOP.get();
    }

    /**
     * Writes the session's queued packets, as many as one call takes.
     *
     * @return whether there may be more
     */
    boolean write(EngineSession session, WebSocketTransport transport) {
        try {
            boolean more = session.outgoing().take(transport, batch, MAX_PACKETS, MAX_BYTES);
            if (batch.size() == 1) {
                write(batch.getFirst(), transport);
            } else if (!batch.isEmpty()) {
                writeBatch(transport);
            }
            return more;
        } finally {
            // Also after a failure: one socket's packets must never be written to the next.
            batch.clear();
        }
    }

    /** Writes one packet and takes over its reference. */
    static void write(EncodedPacket packet, WebSocketTransport transport) {
        WireFormat format = transport.format();
        Socket socket = transport.direct();
        int written = 0;
        if (socket != null) {
            try {
                written = writeOne(packet, socket, format);
            } catch (IOException e) {
                // The write through the channel meets the same failure and handles it.
            }
        }
        if (written >= packet.size()) {
            packet.release();
        } else {
            transport.write(format.frame(packet).skipBytes(written));
            transport.flush();
        }
    }

    private void writeBatch(WebSocketTransport transport) {
        WireFormat format = transport.format();
        Socket socket = transport.direct();
        long written = 0;
        if (socket != null) {
            try {
                written = writeGathered(socket, format);
            } catch (IOException e) {
                // As above.
            }
        }
        boolean left = false;
        for (int i = 0; i < batch.size(); i++) {
            EncodedPacket packet = batch.get(i);
            if (written >= packet.size()) {
                written -= packet.size();
                packet.release();
            } else {
                transport.write(format.frame(packet).skipBytes((int) written));
                written = 0;
                left = true;
            }
        }
        if (left) {
            transport.flush();
        }
    }

    /** Uses send, whose path in the kernel is shorter than that of write. */
    private static int writeOne(EncodedPacket packet, Socket socket, WireFormat format) throws IOException {
        return isInMemory(packet, format) ? socket.sendAddress(packet.shared().memoryAddress(), 0, packet.size()) : 0;
    }

    /** Returns how many bytes of the batch the socket accepted. */
    private long writeGathered(Socket socket, WireFormat format) throws IOException {
        IovArray gathered = vectors;
        if (gathered == null) {
            gathered = new IovArray(MAX_PACKETS);
            vectors = gathered;
        }
        gathered.clear();
        for (EncodedPacket packet : batch) {
            if (!isInMemory(packet, format) || !gathered.add(packet.shared(), 0, packet.size())) {
                break;
            }
        }
        return gathered.count() == 0 ? 0 : socket.writevAddresses(gathered.memoryAddress(0), gathered.count());
    }

    private static boolean isInMemory(EncodedPacket packet, WireFormat format) {
        return format.isFrame(packet) && packet.shared().hasMemoryAddress();
    }

    private void release() {
        if (vectors != null) {
            vectors.release();
        }
    }
}
