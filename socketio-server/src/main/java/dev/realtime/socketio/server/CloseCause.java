package dev.realtime.socketio.server;

/** Why the server closes a connection by itself. */
public enum CloseCause {
    /** No socket of the connection was let in within the time allowed. */
    ADMISSION_TIMEOUT,
    /** The client does not read fast enough. */
    SLOW_CLIENT,
    /** The client sends more messages, or faster, than it may. */
    TOO_MANY_MESSAGES,
    /** The client sends, or makes the server hold, more bytes than it may. */
    TOO_MUCH_DATA,
    /** The client broke the protocol. */
    PROTOCOL_ERROR
}
