package dev.realtime.socketio.engine.session;

/** Who gets a session's messages. Called on event loops, one call at a time and in order for each session; never blocks. */
public interface SessionListener {

    /** A text message: the bytes after the packet type, valid UTF-8, the listener's to keep. */
    void onText(byte[] utf8);

    /** A binary message, the listener's to keep. */
    void onBinary(byte[] bytes);

    /** The client reads too slowly and what waited for it was dropped: the listener ends the session. */
    void onOverflow();

    /** The client sends too fast and is not heard any more: the listener ends the session. */
    void onFlood();

    /** The client sends more bytes than it may and is not heard any more: the listener ends the session. */
    void onTooMuchData();

    /** The session goes on by another transport. */
    default void onTransport() {}

    /** The session is over. The last call, once. */
    void onEnd(EndReason reason);
}
