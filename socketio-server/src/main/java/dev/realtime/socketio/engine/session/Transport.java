package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.protocol.EncodedPacket;
import io.netty.channel.EventLoop;

/**
 * A way to the client and back. All methods except {@link #name()}, {@link #loop()}, {@link #isOpen()} and
 * {@link #takesAtOnce()} must be called on the transport's loop, unless a method says otherwise.
 */
public interface Transport {

    /** The value of the {@code transport} parameter. */
    String name();

    /** The event loop that currently writes for this transport. */
    EventLoop loop();

    /** Whether it can write now; a transport that is not open drains on its own once it is. */
    boolean isOpen();

    /** Writes what the session has queued, as far as the connection accepts it. */
    void drain();

    /** Closes at once; queued packets are lost. */
    void abort();

    /** Stops or resumes reading the client's messages, as backpressure. */
    void setReading(boolean reading);

    /** Whether a packet can be written now, on this thread, without overtaking another one. */
    default boolean takesAtOnce() {
        return false;
    }

    /** Writes a packet and takes over its reference; only right after {@link #takesAtOnce()} returned true. */
    default void writeAtOnce(EncodedPacket packet) {
        throw new IllegalStateException("This transport does not write immediately");
    }

    /** Whether a session may leave this transport by an upgrade. */
    default boolean isUpgradable() {
        return false;
    }

    /**
     * Answers a waiting poll, if any, without messages. On any thread.
     *
     * @return false if this transport has polls but none is open, so that one may be in flight
     */
    default boolean release() {
        return true;
    }

    /** The session goes on without this transport: answers its open requests. On any thread. */
    default void retire() {}

    /** Runs an action on this transport's loop; immediately if that is the current thread. */
    default void onLoop(Runnable action) {
        if (loop().inEventLoop()) {
            action.run();
        } else {
            loop().execute(action);
        }
    }
}
