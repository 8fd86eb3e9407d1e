package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.protocol.EncodedPacket;
import io.netty.channel.EventLoop;

/**
 * A way to the client and back. All but {@link #name()}, {@link #loop()}, {@link #isOpen()} and {@link #takesAtOnce()} is
 * called on the transport's loop, unless a method says otherwise.
 */
public interface Transport {

    /** The name in the {@code transport} parameter. */
    String name();

    /** The loop that writes for it at the moment. */
    EventLoop loop();

    /** Whether there is somewhere to write to; a transport that is not open drains by itself once it is. */
    boolean isOpen();

    /** Writes what the session has queued, as far as the connection takes it. */
    void drain();

    /** Ends it at once; what is queued is lost. */
    void abort();

    /** Stops or resumes taking messages from the client, so that it feels our pace. */
    void setReading(boolean reading);

    /** Whether a packet can be written here and now, on this thread, with nothing before it that would be overtaken. */
    default boolean takesAtOnce() {
        return false;
    }

    /** Writes a packet, whose reference it takes over; when {@link #takesAtOnce()} has just said that it can. */
    default void writeAtOnce(EncodedPacket packet) {
        throw new IllegalStateException("Not a transport that writes at once");
    }

    /** Whether a session may leave this transport for another one by an upgrade. */
    default boolean isUpgradable() {
        return false;
    }

    /**
     * Answers a request that waits for packets, if there is one, without any. On any thread.
     *
     * @return false when it takes requests and none is there, so that one may be on its way
     */
    default boolean release() {
        return true;
    }

    /** The session goes on without it: what is open of it is answered. On any thread. */
    default void retire() {}

    /** Runs something on its loop: here and now where that is this thread. */
    default void onLoop(Runnable action) {
        if (loop().inEventLoop()) {
            action.run();
        } else {
            loop().execute(action);
        }
    }
}
