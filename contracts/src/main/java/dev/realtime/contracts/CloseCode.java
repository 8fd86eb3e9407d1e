package dev.realtime.contracts;

import java.util.Locale;

/**
 * Every way the server ends a socket. The client is told by the event {@code error} before the close; whether it should
 * come back is part of the value, never of the place that closes.
 */
public enum CloseCode {
    /** No verified identity within the time allowed. */
    AUTHENTICATION_TIMEOUT(false, "No valid token was presented in time."),
    /** The token ran out and no fresh one came. */
    TOKEN_EXPIRED(true, "The token has expired; come back with a fresh one."),
    /** The client does not read fast enough. */
    SLOW_CLIENT(true, "The connection could not keep up with its events."),
    /** The client sends more, or faster, than it may. */
    TOO_MANY_MESSAGES(true, "The client sends too many messages."),
    /** The client makes the server hold more bytes than it may, or sends too much without an identity. */
    TOO_MUCH_DATA(true, "The client sends too much data."),
    /** The client sent what is no Socket.IO packet, or not one that may come now. */
    PROTOCOL_ERROR(true, "The client broke the Socket.IO protocol."),
    /** An administrator ended the connection. */
    CLOSED_BY_ADMIN(false, "The connection was closed by an administrator."),
    /** An administrator blocked the user for a time. */
    USER_BLOCKED(false, "The user was blocked by an administrator."),
    /** This instance missed events that the socket may have been meant to get. */
    CONTINUITY_LOST(true, "Events may have been missed; please load again what you show."),
    /** This instance goes away; another one is there. */
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

    /** Whether a client that comes back can expect to be served. */
    public boolean reconnect() {
        return reconnect;
    }

    public String message() {
        return message;
    }
}
