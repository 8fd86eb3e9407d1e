package dev.realtime.socketio.server;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides who comes into a namespace. Called on virtual threads, for each connection one call at a time; may block. */
public interface Gate {

    /**
     * A socket wants to come in.
     *
     * @param auth the payload of its CONNECT
     */
    GateDecision onConnect(NamespaceSocket socket, @Nullable JsonNode auth);

    /** An event of a socket that waits. */
    void onWaitingEvent(
            NamespaceSocket socket, String event, List<JsonNode> arguments, Acknowledgement acknowledgement);

    /** Everybody comes in. */
    static Gate open() {
        return new Gate() {
            @Override
            public GateDecision onConnect(NamespaceSocket socket, @Nullable JsonNode auth) {
                return new GateDecision.Admitted();
            }

            @Override
            public void onWaitingEvent(
                    NamespaceSocket socket, String event, List<JsonNode> arguments, Acknowledgement acknowledgement) {
                throw new IllegalStateException("Nobody waits at an open gate");
            }
        };
    }
}
