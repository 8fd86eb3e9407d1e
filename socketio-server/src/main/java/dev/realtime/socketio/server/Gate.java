package dev.realtime.socketio.server;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides who gets into a namespace. Called on virtual threads, one call at a time for each connection; may block. */
public interface Gate {

    /**
     * Decides about a socket that connects.
     *
     * @param auth the payload of its CONNECT
     */
    GateDecision onConnect(NamespaceSocket socket, @Nullable JsonNode auth);

    /** Handles an event of a waiting socket. */
    void onWaitingEvent(
            NamespaceSocket socket, String event, List<JsonNode> arguments, Acknowledgement acknowledgement);

    /** Admits every socket. */
    static Gate open() {
        return new Gate() {
            @Override
            public GateDecision onConnect(NamespaceSocket socket, @Nullable JsonNode auth) {
                return new GateDecision.Admitted();
            }

            @Override
            public void onWaitingEvent(
                    NamespaceSocket socket, String event, List<JsonNode> arguments, Acknowledgement acknowledgement) {
                throw new IllegalStateException("Sockets never wait at an open gate");
            }
        };
    }
}
