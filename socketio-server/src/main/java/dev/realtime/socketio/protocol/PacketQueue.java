package dev.realtime.socketio.protocol;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The packets that wait to be written to one socket, in order. Thread-safe; never blocks. */
public interface PacketQueue {

    /**
     * Queues a packet behind all others and retains it.
     *
     * @return the event loop on which the caller must run {@link #drain()}; null if a drain is already scheduled or the
     *     socket is gone
     */
    @Nullable
    Executor offer(EncodedPacket packet);

    /** Writes the queued packets, as far as the connection accepts them, in one flush. */
    void drain();

    /** The bytes queued for the client, counted as for the slow-client limit. */
    long queuedBytes();

    /** Whether the queue was dropped because the client was too slow; then it takes nothing more. */
    default boolean hasOverflowed() {
        return false;
    }
}
