package dev.realtime.socketio.engine.session;

/**
 * Receives a session's messages. Called on event loops, for each session one call at a time and in order; must not
 * block.
 */
public interface SessionListener {

    /** A text message: the bytes after the packet type, valid UTF-8; the listener may keep them. */
    void onText(byte[] utf8);

    /** A binary message; the listener may keep it. */
    void onBinary(byte[] bytes);

    /** The client reads too slowly and its queue was dropped: the listener must end the session. */
    void onOverflow();

    /** The client exceeds its rate and is ignored from now on: the listener must end the session. */
    void onFlood();

    /** The client sends more bytes than it may and is ignored from now on: the listener must end the session. */
    void onTooMuchData();

    /** The session has another transport. */
    default void onTransport() {}

    /** The session has ended. The last call, made once. */
    void onEnd(EndReason reason);
}
