package dev.realtime.service.gateway.engineio;

import dev.realtime.service.fanout.EncodedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IovArray;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole frames to WebSockets, many in one system call; one writer an event loop.
 *
 * <p>With epoll, while nothing waits in the channel before them, they go straight to the socket, past the pipeline and
 * its buffer: a frame for a thousand sockets costs each no more than the call. What the socket does not take, and
 * everything on another transport than epoll, takes the channel's way.
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

    /** What one call takes at most, and what a connection that takes nothing more may hold beyond its outbox. */
    private static final int MAX_PACKETS = 64;

    private static final int MAX_BYTES = 64 * 1024;

    private final List<EncodedPacket> batch = new ArrayList<>(MAX_PACKETS);
    private @Nullable IovArray vectors;

    private FrameWriter() {}

    static FrameWriter ofThisLoop() {
        return OF_LOOP.get();
    }

    /**
     * Writes what the session has for this transport, as much as one call takes.
     *
     * @return whether there may be more
     */
    boolean write(EngineSession session, Transport transport, Channel channel) {
        boolean more = session.take(transport, batch, MAX_PACKETS, MAX_BYTES);
        if (batch.isEmpty()) {
            return false;
        }
        long written = channel instanceof EpollSocketChannel socket && nothingWaits(socket)
                ? writeDirectly(socket, session.format())
                : 0;
        boolean left = false;
        for (EncodedPacket packet : batch) {
            if (written >= packet.size()) {
                written -= packet.size();
                packet.release();
            } else {
                ByteBuf frame = session.format().frame(packet);
                channel.write(frame.skipBytes((int) written), channel.voidPromise());
                written = 0;
                left = true;
            }
        }
        batch.clear();
        if (left) {
            channel.flush();
        }
        return more;
    }

    private static boolean nothingWaits(EpollSocketChannel socket) {
        ChannelOutboundBuffer waiting = socket.unsafe().outboundBuffer();
        // After the end of a channel it has none, and its descriptor may be another one's already.
        return waiting != null && waiting.totalPendingWriteBytes() == 0 && socket.isActive();
    }

    /** How many bytes of the batch the socket took. */
    private long writeDirectly(EpollSocketChannel socket, WireFormat format) {
        try {
            if (batch.size() > 1) {
                return writeGathered(socket, format);
            }
            EncodedPacket packet = batch.getFirst();
            return isInMemory(packet, format)
                    ? socket.fd().writeAddress(packet.shared().memoryAddress(), 0, packet.size())
                    : 0;
        } catch (IOException e) {
            // The channel's way meets the same failure, and deals with it.
            return 0;
        }
    }

    private long writeGathered(EpollSocketChannel socket, WireFormat format) throws IOException {
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
        return gathered.count() == 0 ? 0 : socket.fd().writevAddresses(gathered.memoryAddress(0), gathered.count());
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
