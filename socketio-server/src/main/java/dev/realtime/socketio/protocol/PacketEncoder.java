package dev.realtime.socketio.protocol;

import dev.realtime.socketio.protocol.SocketPacket.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Encodes Socket.IO packets for one socket (protocol, section "Packet encoding"). */
public final class PacketEncoder {

    private static final char MESSAGE = '4';

    private PacketEncoder() {}

    /**
     * Encodes a packet and its attachments.
     *
     * @param type {@link Type#EVENT} and {@link Type#ACK} become their binary counterparts if the data contains binary
     * @param data anything that Jackson can write; null for no payload
     * @return the packets to send together, each with one reference
     */
    public static List<EncodedPacket> encode(Type type, String namespace, @Nullable Long ackId, @Nullable Object data) {
        List<byte[]> attachments = new ArrayList<>(0);
        JsonNode tree = data == null ? null : Attachments.takeOut(Json.MAPPER.valueToTree(data), attachments);
        StringBuilder text = new StringBuilder(128).append(MESSAGE);
        if (attachments.isEmpty()) {
            text.append(type.digit());
        } else {
            text.append((type == Type.EVENT ? Type.BINARY_EVENT : Type.BINARY_ACK).digit())
                    .append(attachments.size())
                    .append('-');
        }
        if (!namespace.equals(SocketPacket.MAIN_NAMESPACE)) {
            text.append(namespace).append(',');
        }
        if (ackId != null) {
            text.append(ackId.longValue());
        }
        if (tree != null) {
            appendJson(Json.MAPPER.writeValueAsString(tree), text);
        }
        List<EncodedPacket> packets = new ArrayList<>(1 + attachments.size());
        packets.add(EncodedPacket.text(text.toString().getBytes(StandardCharsets.UTF_8)));
        attachments.forEach(attachment -> packets.add(EncodedPacket.binary(attachment)));
        return packets;
    }

    /** Escapes unpaired surrogates: JavaScript strings and JSON may contain them, UTF-8 may not. */
    private static void appendJson(String json, StringBuilder text) {
        int written = 0;
        for (int i = 0; i < json.length(); i++) {
            if (!Character.isSurrogate(json.charAt(i))) {
                continue;
            }
            if (i + 1 < json.length() && Character.isSurrogatePair(json.charAt(i), json.charAt(i + 1))) {
                i++;
                continue;
            }
            text.append(json, written, i).append("\\u").append(Integer.toHexString(json.charAt(i)));
            written = i + 1;
        }
        text.append(json, written, json.length());
    }
}
