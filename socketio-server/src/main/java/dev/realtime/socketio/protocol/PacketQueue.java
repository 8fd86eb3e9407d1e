package dev.realtime.socketio.protocol;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What waits to be written to one socket, in order. Never blocks, may be called from any thread. */
public interface PacketQueue {

    /**
     * Queues a packet behind everything queued before, and takes a reference of its own to it.
     *
     * @return the event loop that the caller has to have {@link #drain()} run on; null when that is under way already, or
     *     the socket is gone
     */
    @Nullable
    Executor offer(EncodedPacket packet);

    /** Writes what is queued, as far as the connection takes it, in one flush. */
    void drain();

    /**
     * How many bytes wait for the client, counted as for the bound that says who is too slow.
     */
    long queuedBytes();
}
