package dev.realtime.contracts;

import java.util.Locale;

/**
 * Every reason for which the server closes a socket. The client receives the event {@code error} before the close.
 * Whether the client should reconnect depends on the code alone, never on the code path that closes the socket.
 */
public enum CloseCode {
    /** The client did not present a valid token within the time allowed. */
    AUTHENTICATION_TIMEOUT(false, "No valid token was presented in time."),
    /** The token expired and the client did not send a fresh one. */
    TOKEN_EXPIRED(true, "The token has expired; reconnect with a fresh one."),
    /** The client does not read fast enough. */
    SLOW_CLIENT(true, "The connection could not keep up with its events."),
    /** The client exceeds its message rate. */
    TOO_MANY_MESSAGES(true, "The client sends too many messages."),
    /** The client makes the server buffer more bytes than allowed, or sends too much before it has an identity. */
    TOO_MUCH_DATA(true, "The client sends too much data."),
    /** The client sent an invalid Socket.IO packet, or one that is not allowed in the current state. */
    PROTOCOL_ERROR(true, "The client broke the Socket.IO protocol."),
    /** An administrator ended the connection. */
    CLOSED_BY_ADMIN(false, "The connection was closed by an administrator."),
    /** An administrator blocked the user for a time. */
    USER_BLOCKED(false, "The user was blocked by an administrator."),
    /** This instance missed events that may have been addressed to the socket. */
    CONTINUITY_LOST(true, "Events may have been missed; please reload what you show."),
    /** This instance is shutting down; other instances take over. */
    SERVER_SHUTDOWN(true, "The server is shutting down; please reconnect.");

    private final boolean reconnect;
    private final String message;
    private final String code = name().toLowerCase(Locale.ROOT);

    CloseCode(boolean reconnect, String message) {
        this.reconnect = reconnect;
        this.message = message;
    }

    /** The code on the wire: the name in lower case. */
    public String code() {
        return code;
    }

    /** Whether a client that reconnects can expect to be served. */
    public boolean reconnect() {
        return reconnect;
    }

    public String message() {
        return message;
    }
}
