package dev.realtime.service.gateway.engineio;

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
    /** The server ended it. */
    SERVER_CLOSE
}
