package dev.realtime.socketio.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Decodes a connection's messages into packets. Decoding is strict and total: a message that is not a packet is a
 * {@link ProtocolException}. Binary packets are assembled from the messages that follow them (protocol, section "Packet
 * encoding", "With binary attachments"). Not thread-safe: one decoder per connection.
 *
 * <p>A packet that is too large to parse is skipped if nothing here would receive it: stock clients may emit events of
 * any name.
 */
public final class PacketDecoder {

    /** Event names that stock clients reserve. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private final Bounds bounds;
    private final Listeners listeners;
    private @Nullable Incomplete incomplete;

    /**
     * The limits of packets, the same for all connections.
     *
     * @param maxJson how many bytes of JSON are parsed
     * @param maxValues how many values it may have
     * @param maxAttachments how many attachments a packet may have
     * @param maxAttachmentBytes how many bytes the attachments may have in total
     */
    public record Bounds(int maxJson, int maxValues, int maxAttachments, int maxAttachmentBytes) {}

    /** The events that have listeners. */
    public interface Listeners {

        /** Whether this event has a listener. */
        boolean listenTo(String namespace, String event);
    }

    public PacketDecoder(Bounds bounds, Listeners listeners) {
        this.bounds = bounds;
        this.listeners = listeners;
    }

    private static final class Incomplete {

        /** Null if the packet is skipped. */
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

    /** Takes a text message; null if the packet waits for its attachments or is skipped. */
    @Nullable
    public SocketPacket onText(byte[] message) throws ProtocolException {
        if (incomplete != null) {
            throw new ProtocolException("text instead of an attachment");
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
            // Before the attachments arrive: a packet that cannot be assembled must not wait for them.
            Attachments.requirePlaces(data, header.attachments());
        }
        incomplete = new Incomplete(packet, header.attachments());
        return completed();
    }

    /** Takes a binary message; null if more attachments are due or the packet is skipped. */
    @Nullable
    public SocketPacket onBinary(byte[] attachment) throws ProtocolException {
        Incomplete waiting = incomplete;
        if (waiting == null) {
            throw new ProtocolException("unexpected attachment");
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

    /**
     * Refuses a packet that something here would receive. Acknowledgements that the server requests are small, so a
     * large one is skipped.
     */
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
            throw new ProtocolException("packet of type " + header.type() + " too large");
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
            // Jackson passes on the NumberFormatException of BigDecimal for an exponent out of range.
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
            // Only servers send it.
            case CONNECT_ERROR -> false;
        };
        if (!valid) {
            throw new ProtocolException("invalid payload in a packet of type " + packet.type());
        }
    }

    private static boolean isEventName(@Nullable JsonNode name) {
        return name != null && (name.isNumber() || (name.isString() && !RESERVED.contains(name.stringValue())));
    }
}
