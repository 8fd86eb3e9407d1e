package dev.realtime.socketio.server;

import org.jspecify.annotations.Nullable;

/** A gate's decision about a socket. */
public sealed interface GateDecision {

    /** The socket is admitted. */
    public record Admitted() implements GateDecision {}

    /** The socket is connected but receives nothing until {@link NamespaceSocket#admit()}. */
    public record Waiting() implements GateDecision {}

    /**
     * The socket is not connected.
     *
     * @param message the message of the client's {@code connect_error}
     * @param data its {@code data}
     */
    public record Refused(String message, @Nullable Object data) implements GateDecision {}

    /**
     * No decision is possible now. Only the transport closes, so that a stock client retries; after a refusal it would
     * stay away.
     */
    public record Undecided() implements GateDecision {}
}
