package dev.realtime.socketio.server;

/** Why the server closes a connection on its own. */
public enum CloseCause {
    /** No socket of the connection was admitted in time. */
    ADMISSION_TIMEOUT,
    /** The client reads too slowly. */
    SLOW_CLIENT,
    /** The client sends too many messages, or sends them too fast. */
    TOO_MANY_MESSAGES,
    /** The client sends, or makes the server hold, more bytes than it may. */
    TOO_MUCH_DATA,
    /** The client violated the protocol. */
    PROTOCOL_ERROR
}
