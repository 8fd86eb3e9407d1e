package dev.realtime.service.gateway.socketio;

import org.jspecify.annotations.Nullable;

/** What a gate says to a socket that wants to come in. */
public sealed interface Admission {

    /** It is in. */
    record Admitted() implements Admission {}

    /** It is connected, gets nothing, and waits for {@link NamespaceSocket#admit()}. */
    record Waiting() implements Admission {}

    /**
     * It is not connected.
     *
     * @param message the message of the client's {@code connect_error}
     * @param data its {@code data}
     */
    record Refused(String message, @Nullable Object data) implements Admission {}

    /**
     * Whether it is to be connected cannot be said now. Only the transport closes: a stock client that is refused stays
     * away, and comes back after this.
     */
    record Undecided() implements Admission {}
}
