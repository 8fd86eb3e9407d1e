package dev.realtime.service.fanout;

import dev.realtime.service.identity.Identity;
import java.util.concurrent.Executor;

/** A socket with an identity, as the fan-out sees it. */
public interface Subscriber {

    /** The Socket.IO id, as the client itself knows it. */
    String socketId();

    Identity identity();

    /** What is known of the client's program and where it is. */
    ClientInfo client();

    /** The transport's name: {@code websocket} or {@code polling}. */
    String transport();

    /**
     * Queues a packet behind everything queued before, and takes a reference of its own to it. Never blocks, may be
     * called from any thread.
     *
     * @return whether the caller has to see to it that {@link #drain()} is run on {@link #loop()}; false when that is
     *     under way already, or the socket is gone
     */
    boolean offer(EncodedPacket packet);

    /** How many bytes wait for the client, counted as for the bound that says who is too slow. */
    long queuedBytes();

    /** The event loop that writes to this socket at the moment. */
    Executor loop();

    /** Writes what is queued, as far as the connection takes it, in one flush. */
    void drain();
}
