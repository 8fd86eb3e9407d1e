package dev.realtime.socketio.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A Socket.IO packet (protocol, section "Packet types").
 *
 * @param namespace with its leading slash; {@code /} is the main one
 * @param ackId the id of a requested or sent acknowledgement
 * @param data the payload, with binary attachments as binary nodes
 */
public record SocketPacket(
        Type type,
        String namespace,
        @Nullable Long ackId,
        @Nullable JsonNode data) {

    public static final String MAIN_NAMESPACE = "/";

    public enum Type {
        CONNECT,
        DISCONNECT,
        EVENT,
        ACK,
        CONNECT_ERROR,
        BINARY_EVENT,
        BINARY_ACK;

        private static final Type[] VALUES = values();

        static @Nullable Type of(byte digit) {
            int ordinal = digit - '0';
            return ordinal >= 0 && ordinal < VALUES.length ? VALUES[ordinal] : null;
        }

        char digit() {
            return (char) ('0' + ordinal());
        }

        boolean hasAttachments() {
            return this == BINARY_EVENT || this == BINARY_ACK;
        }
    }
}
