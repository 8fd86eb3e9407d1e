package dev.realtime.service.gateway.socketio;

import dev.realtime.service.gateway.engineio.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Turns a connection's messages into packets: strict, and total, since whatever is no packet is an {@link
 * EngineException}. Binary packets are put together from the messages that follow them (protocol, section "Packet
 * encoding", "With binary attachments"). Not thread-safe: one for each connection.
 */
final class PacketDecoder {

    /** Names that stock clients reserve for themselves. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private final int maxAttachments;
    private final int maxAttachmentBytes;
    private @Nullable Incomplete incomplete;

    PacketDecoder(int maxAttachments, int maxAttachmentBytes) {
        this.maxAttachments = maxAttachments;
        this.maxAttachmentBytes = maxAttachmentBytes;
    }

    private static final class Incomplete {

        private final SocketPacket packet;
        private final int expected;
        private final List<byte[]> attachments = new ArrayList<>();
        private long bytes;

        Incomplete(SocketPacket packet, int expected) {
            this.packet = packet;
            this.expected = expected;
        }
    }

    /** A text message; null when the packet waits for its attachments. */
    @Nullable
    SocketPacket onText(byte[] message) throws EngineException {
        if (incomplete != null) {
            throw new EngineException("text where an attachment was due");
        }
        PacketHeader header = PacketHeader.read(message);
        if (header.attachments() > maxAttachments) {
            throw new EngineException("too many attachments");
        }
        SocketPacket packet =
                new SocketPacket(header.type(), header.namespace(), header.ackId(), data(message, header));
        requireValid(packet);
        if (!header.type().hasAttachments()) {
            return packet;
        }
        JsonNode data = packet.data();
        if (data != null) {
            // Before they come: what could not be put together is not waited for.
            Attachments.requirePlaces(data, header.attachments());
        }
        incomplete = new Incomplete(packet, header.attachments());
        return completed();
    }

    /** A binary message; null when more attachments are due. */
    @Nullable
    SocketPacket onBinary(byte[] attachment) throws EngineException {
        Incomplete waiting = incomplete;
        if (waiting == null) {
            throw new EngineException("binary where none was due");
        }
        waiting.attachments.add(attachment);
        waiting.bytes += attachment.length;
        if (waiting.bytes > maxAttachmentBytes) {
            throw new EngineException("attachments too large");
        }
        return completed();
    }

    private @Nullable SocketPacket completed() {
        Incomplete waiting = incomplete;
        if (waiting == null || waiting.attachments.size() < waiting.expected) {
            return null;
        }
        incomplete = null;
        SocketPacket packet = waiting.packet;
        JsonNode data = packet.data();
        return new SocketPacket(
                packet.type(),
                packet.namespace(),
                packet.ackId(),
                data == null ? null : Attachments.putBack(data, waiting.attachments));
    }

    private static @Nullable JsonNode data(byte[] message, PacketHeader header) throws EngineException {
        int length = message.length - header.payloadStart();
        if (length == 0) {
            return null;
        }
        try {
            return Json.MAPPER.readTree(message, header.payloadStart(), length);
        } catch (JacksonException | NumberFormatException e) {
            // The latter for an exponent beyond those of BigDecimal, which Jackson hands on as it comes.
            throw new EngineException("payload is not JSON");
        }
    }

    private static void requireValid(SocketPacket packet) throws EngineException {
        JsonNode data = packet.data();
        boolean valid = switch (packet.type()) {
            case CONNECT -> (data == null || data.isObject()) && packet.ackId() == null;
            case DISCONNECT -> data == null && packet.ackId() == null;
            case EVENT, BINARY_EVENT -> data != null && data.isArray() && isEventName(data.get(0));
            case ACK, BINARY_ACK -> data != null && data.isArray() && packet.ackId() != null;
            // Only a server says this.
            case CONNECT_ERROR -> false;
        };
        if (!valid) {
            throw new EngineException("invalid payload of a packet of type " + packet.type());
        }
    }

    private static boolean isEventName(@Nullable JsonNode name) {
        return name != null && (name.isNumber() || (name.isString() && !RESERVED.contains(name.stringValue())));
    }
}
