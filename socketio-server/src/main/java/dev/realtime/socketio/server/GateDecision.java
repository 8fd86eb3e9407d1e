package dev.realtime.socketio.server;

import org.jspecify.annotations.Nullable;

/** What a gate says to a socket that wants to come in. */
public sealed interface GateDecision {

    /** It is in. */
    public record Admitted() implements GateDecision {}

    /** It is connected, gets nothing, and waits for {@link NamespaceSocket#admit()}. */
    public record Waiting() implements GateDecision {}

    /**
     * It is not connected.
     *
     * @param message the message of the client's {@code connect_error}
     * @param data its {@code data}
     */
    public record Refused(String message, @Nullable Object data) implements GateDecision {}

    /**
     * The decision is not possible now. Only the transport closes, so that a stock client tries again; after a refusal it
     * would stay away.
     */
    public record Undecided() implements GateDecision {}
}
