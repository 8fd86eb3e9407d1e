package dev.realtime.socketio.engine.session;

/** Why a session ended. */
public enum EndReason {
    /** The connection closed. */
    TRANSPORT_CLOSE,
    /** The client closed the session. */
    CLIENT_CLOSE,
    /** No pong, or in revision 3 no ping, arrived in time. */
    PING_TIMEOUT,
    /** The client violated the protocol. */
    PROTOCOL_ERROR,
    /** The client exceeded a limit and was told so. */
    POLICY_VIOLATION,
    /** The server ended it. */
    SERVER_CLOSE
}
