package dev.realtime.socketio.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Turns a connection's messages into packets: strict, and total, since whatever is no packet is an {@link
 * ProtocolException}. Binary packets are put together from the messages that follow them (protocol, section "Packet
 * encoding", "With binary attachments"). Not thread-safe: one for each connection.
 *
 * <p>What is too much to be parsed is passed over where nobody here would take it: stock clients may emit events of any
 * name, and pay for it themselves.
 */
public final class PacketDecoder {

    /** Names that stock clients reserve for themselves. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private final Bounds bounds;
    private final Listeners listeners;
    private @Nullable Incomplete incomplete;

    /**
     * How large packets may be; the same for all connections.
     *
     * @param maxJson how many bytes of JSON are parsed
     * @param maxValues how many values in it
     * @param maxAttachments how many attachments a packet may have
     * @param maxAttachmentBytes how many bytes they may have together
     */
    public record Bounds(int maxJson, int maxValues, int maxAttachments, int maxAttachmentBytes) {}

    /** Who listens to events. */
    public interface Listeners {

        /** Whether anybody does to this event. */
        boolean listenTo(String namespace, String event);
    }

    public PacketDecoder(Bounds bounds, Listeners listeners) {
        this.bounds = bounds;
        this.listeners = listeners;
    }

    private static final class Incomplete {

        /** Null when it is passed over. */
        private final @Nullable SocketPacket packet;

        private final int expected;
        private final List<byte[]> attachments = new ArrayList<>();
        private int count;
        private long bytes;

        Incomplete(@Nullable SocketPacket packet, int expected) {
            this.packet = packet;
            this.expected = expected;
        }
    }

    /** Whether a packet waits for its attachments. */
    public boolean isWaiting() {
        return incomplete != null;
    }

    /** A text message; null when the packet waits for its attachments, or is passed over. */
    @Nullable
    public SocketPacket onText(byte[] message) throws ProtocolException {
        if (incomplete != null) {
            throw new ProtocolException("text where an attachment was due");
        }
        PacketHeader header = PacketHeader.read(message);
        if (header.attachments() > bounds.maxAttachments()) {
            throw new ProtocolException("too many attachments");
        }
        if (isTooMuch(message, header.payloadStart())) {
            requireUnheard(message, header);
            if (header.type().hasAttachments()) {
                incomplete = new Incomplete(null, header.attachments());
            }
            return completed();
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
    public SocketPacket onBinary(byte[] attachment) throws ProtocolException {
        Incomplete waiting = incomplete;
        if (waiting == null) {
            throw new ProtocolException("binary where none was due");
        }
        waiting.count++;
        if (waiting.packet != null) {
            waiting.attachments.add(attachment);
        }
        waiting.bytes += attachment.length;
        if (waiting.bytes > bounds.maxAttachmentBytes()) {
            throw new ProtocolException("attachments too large");
        }
        return completed();
    }

    private @Nullable SocketPacket completed() {
        Incomplete waiting = incomplete;
        if (waiting == null || waiting.count < waiting.expected) {
            return null;
        }
        incomplete = null;
        SocketPacket packet = waiting.packet;
        if (packet == null) {
            return null;
        }
        JsonNode data = packet.data();
        return new SocketPacket(
                packet.type(),
                packet.namespace(),
                packet.ackId(),
                data == null ? null : Attachments.putBack(data, waiting.attachments));
    }

    private boolean isTooMuch(byte[] message, int payloadStart) {
        return message.length - payloadStart > bounds.maxJson()
                || JsonWeight.exceeds(message, payloadStart, bounds.maxValues());
    }

    /** Refuses a packet that somebody here would take. Acknowledgements that are asked for are small. */
    private void requireUnheard(byte[] message, PacketHeader header) throws ProtocolException {
        boolean unheard = switch (header.type()) {
            case EVENT, BINARY_EVENT -> {
                String event = EventName.peek(message, header.payloadStart());
                yield event == null || (!RESERVED.contains(event) && !listeners.listenTo(header.namespace(), event));
            }
            case ACK, BINARY_ACK -> header.ackId() != null;
            case CONNECT, DISCONNECT, CONNECT_ERROR -> false;
        };
        if (!unheard) {
            throw new ProtocolException("too much in a packet of type " + header.type());
        }
    }

    private static @Nullable JsonNode data(byte[] message, PacketHeader header) throws ProtocolException {
        int length = message.length - header.payloadStart();
        if (length == 0) {
            return null;
        }
        try {
            return Json.MAPPER.readTree(message, header.payloadStart(), length);
        } catch (JacksonException | NumberFormatException e) {
            // The latter for an exponent beyond those of BigDecimal, which Jackson hands on as it comes.
            throw new ProtocolException("payload is not JSON");
        }
    }

    private static void requireValid(SocketPacket packet) throws ProtocolException {
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
            throw new ProtocolException("invalid payload of a packet of type " + packet.type());
        }
    }

    private static boolean isEventName(@Nullable JsonNode name) {
        return name != null && (name.isNumber() || (name.isString() && !RESERVED.contains(name.stringValue())));
    }
}
