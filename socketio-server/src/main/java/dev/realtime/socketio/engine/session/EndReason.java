package dev.realtime.socketio.engine.session;

/** How a session ended. */
public enum EndReason {
    /** The connection went away. */
    TRANSPORT_CLOSE,
    /** The client said that it goes. */
    CLIENT_CLOSE,
    /** A pong did not come in time. */
    PING_TIMEOUT,
    /** The client broke the protocol. */
    PROTOCOL_ERROR,
    /** The client went beyond a bound, and was told so. */
    POLICY_VIOLATION,
    /** The server ended it. */
    SERVER_CLOSE
}
