package dev.realtime.socketio.protocol;

import dev.realtime.socketio.protocol.SocketPacket.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The part of a packet before the payload: {@code <type>[<attachments>-][<namespace>,][<ack id>]} (protocol, section
 * "Packet encoding"). Read in one pass of bounded cost: the number of digits is limited.
 *
 * @param payloadStart where the JSON begins
 */
record PacketHeader(
        Type type,
        int attachments,
        String namespace,
        @Nullable Long ackId,
        int payloadStart) {

    private static final int MAX_NAMESPACE = 255;
    private static final int MAX_ATTACHMENT_DIGITS = 4;
    /** JavaScript's largest safe integer has 16 digits. */
    private static final int MAX_ACK_DIGITS = 16;

    static PacketHeader read(byte[] packet) throws ProtocolException {
        Reader reader = new Reader(packet);
        Type type = reader.type();
        int attachments = type.hasAttachments() ? reader.attachments() : 0;
        String namespace = reader.namespace();
        Long ackId = reader.ackId();
        return new PacketHeader(type, attachments, namespace, ackId, reader.position);
    }

    private static final class Reader {

        private final byte[] packet;
        private int position;

        Reader(byte[] packet) {
            this.packet = packet;
        }

        Type type() throws ProtocolException {
            Type type = packet.length == 0 ? null : Type.of(packet[0]);
            if (type == null) {
                throw new ProtocolException("unknown Socket.IO packet type");
            }
            position = 1;
            return type;
        }

        int attachments() throws ProtocolException {
            int start = position;
            long count = number(MAX_ATTACHMENT_DIGITS);
            if (position == start || position == packet.length || packet[position] != '-') {
                throw new ProtocolException("invalid number of attachments");
            }
            position++;
            return (int) count;
        }

        String namespace() throws ProtocolException {
            if (position == packet.length || packet[position] != '/') {
                return SocketPacket.MAIN_NAMESPACE;
            }
            int start = position;
            int query = -1;
            while (position < packet.length && packet[position] != ',') {
                if (packet[position] == '?' && query < 0) {
                    query = position;
                }
                if (position++ - start > MAX_NAMESPACE) {
                    throw new ProtocolException("namespace too long");
                }
            }
            int end = query < 0 ? position : query;
            if (position < packet.length) {
                position++;
            }
            return new String(packet, start, end - start, StandardCharsets.UTF_8);
        }

        @Nullable
        Long ackId() throws ProtocolException {
            int start = position;
            long id = number(MAX_ACK_DIGITS);
            return position == start ? null : id;
        }

        private long number(int maxDigits) throws ProtocolException {
            long number = 0;
            int start = position;
            while (position < packet.length && packet[position] >= '0' && packet[position] <= '9') {
                if (position - start == maxDigits) {
                    throw new ProtocolException("number too long");
                }
                number = number * 10 + (packet[position++] - '0');
            }
            return number;
        }
    }
}
