package dev.realtime.socketio.engine.wire;

import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Revision 3 (Engine.IO protocol, revision 3, sections "Packet" and "Payload"): in a body, each packet follows its
 * length. A binary message carries its type as a byte before its bytes, or as a digit between {@code b} and base64. A
 * body with a binary message is sent as binary unless the client has sent {@code b64=1}; every other body is text.
 */
final class WireFormatV3 implements WireFormat {

    private static final byte BASE64 = 'b';
    private static final byte MESSAGE = 4;
    private static final byte MESSAGE_DIGIT = '4';
    private static final byte TEXT_IN_BINARY_BODY = 0;
    private static final byte BYTES_IN_BINARY_BODY = 1;
    private static final int END_OF_LENGTH = 0xFF;
    private static final int MAX_LENGTH_DIGITS = 9;

    @Override
    public ReceivedPacket fromText(byte[] frame) throws ProtocolException {
        return packet(frame, 0, frame.length);
    }

    @Override
    public ReceivedPacket fromBinary(byte[] frame) throws ProtocolException {
        return message(frame, 0, frame.length);
    }

    @Override
    public boolean isFrame(EncodedPacket packet) {
        return !packet.isBinary();
    }

    @Override
    public ByteBuf frame(EncodedPacket packet) {
        if (isFrame(packet)) {
            return packet.frame();
        }
        byte[] bytes = ByteBufUtil.getBytes(packet.payload());
        packet.release();
        byte[] typed = new byte[bytes.length + 1];
        typed[0] = MESSAGE;
        System.arraycopy(bytes, 0, typed, 1, bytes.length);
        return EncodedPacket.binary(typed).frame();
    }

    @Override
    public int sizeInBody(EncodedPacket packet) {
        int length = packet.payload().readableBytes();
        return MAX_LENGTH_DIGITS + 2 + (packet.isBinary() ? 2 + (length + 2) / 3 * 4 : length);
    }

    @Override
    public void append(EncodedPacket packet, ByteBuf body) {
        byte[] bytes = ByteBufUtil.getBytes(packet.payload());
        if (packet.isBinary()) {
            byte[] base64 = Base64.getEncoder().encode(bytes);
            writeLength(base64.length + 2, body);
            body.writeByte(BASE64).writeByte(MESSAGE_DIGIT).writeBytes(base64);
        } else {
            int units = 0;
            for (byte b : bytes) {
                units += unitsOf(b);
            }
            writeLength(units, body);
            body.writeBytes(bytes);
        }
    }

    /**
     * The number of UTF-16 code units, the unit of JavaScript string lengths, of the character that begins with this
     * byte; 0 for a continuation byte.
     */
    private static int unitsOf(byte lead) {
        int bits = lead & 0xFF;
        if (bits >= 0xF0) {
            return 2;
        }
        return (bits & 0xC0) == 0x80 ? 0 : 1;
    }

    @Override
    public boolean hasBinaryBodies() {
        return true;
    }

    @Override
    public void appendToBytes(EncodedPacket packet, ByteBuf body) {
        ByteBuf payload = packet.payload();
        int length = payload.readableBytes();
        if (packet.isBinary()) {
            writeDigits(BYTES_IN_BINARY_BODY, length + 1, body);
            body.writeByte(MESSAGE);
        } else {
            writeDigits(TEXT_IN_BINARY_BODY, length, body);
        }
        body.writeBytes(payload, payload.readerIndex(), length);
    }

    private static void writeDigits(byte kind, int length, ByteBuf body) {
        body.writeByte(kind);
        String.valueOf(length).chars().forEach(digit -> body.writeByte(digit - '0'));
        body.writeByte(END_OF_LENGTH);
    }

    private static void writeLength(int length, ByteBuf body) {
        body.writeCharSequence(length + ":", StandardCharsets.US_ASCII);
    }

    @Override
    public List<ReceivedPacket> packets(byte[] body, boolean binary) throws ProtocolException {
        Reader reader = new Reader(body);
        List<ReceivedPacket> packets = new ArrayList<>();
        if (binary) {
            while (reader.hasMore()) {
                packets.add(reader.fromBinaryBody());
            }
        } else {
            WireFormat.requireUtf8(body, 0, body.length);
            // The body of a client that has nothing to send.
            if (Arrays.equals(body, new byte[] {'0', ':'})) {
                return packets;
            }
            while (reader.hasMore()) {
                packets.add(reader.fromTextBody());
            }
        }
        return packets;
    }

    private static ReceivedPacket packet(byte[] bytes, int start, int end) throws ProtocolException {
        if (start == end || bytes[start] != BASE64) {
            return new ReceivedPacket(false, Arrays.copyOfRange(bytes, start, end));
        }
        if (end - start < 2 || bytes[start + 1] != MESSAGE_DIGIT) {
            throw new ProtocolException("binary packet is not a message");
        }
        return new ReceivedPacket(true, Base64Text.decode(bytes, start + 2, end));
    }

    private static ReceivedPacket message(byte[] bytes, int start, int end) throws ProtocolException {
        if (start == end || bytes[start] != MESSAGE) {
            throw new ProtocolException("binary packet is not a message");
        }
        return new ReceivedPacket(true, Arrays.copyOfRange(bytes, start + 1, end));
    }

    private static final class Reader {

        private final byte[] body;
        private int position;

        Reader(byte[] body) {
            this.body = body;
        }

        boolean hasMore() {
            return position < body.length;
        }

        /** Reads {@code <length in UTF-16 code units>:<packet>}. */
        ReceivedPacket fromTextBody() throws ProtocolException {
            int units = length('0', ':');
            int start = position;
            while (units > 0 && hasMore()) {
                units -= unitsOf(body[position++]);
            }
            // The rest of the last character.
            while (hasMore() && unitsOf(body[position]) == 0) {
                position++;
            }
            if (units != 0) {
                throw new ProtocolException("packet length does not match its content");
            }
            return packet(body, start, position);
        }

        /** Reads {@code <0 text or 1 binary><length, one byte per digit><255><packet>}. */
        ReceivedPacket fromBinaryBody() throws ProtocolException {
            byte kind = body[position++];
            if (kind != TEXT_IN_BINARY_BODY && kind != BYTES_IN_BINARY_BODY) {
                throw new ProtocolException("unknown packet type");
            }
            int length = length(0, END_OF_LENGTH);
            int start = position;
            if (length > body.length - start) {
                throw new ProtocolException("packet length does not match its content");
            }
            position += length;
            if (kind == BYTES_IN_BINARY_BODY) {
                return message(body, start, position);
            }
            WireFormat.requireUtf8(body, start, position);
            return packet(body, start, position);
        }

        private int length(int zero, int end) throws ProtocolException {
            int length = 0;
            int start = position;
            while (hasMore() && (body[position] & 0xFF) != end) {
                int digit = (body[position++] & 0xFF) - zero;
                if (digit < 0 || digit > 9 || position - start > MAX_LENGTH_DIGITS) {
                    throw new ProtocolException("missing or invalid packet length");
                }
                length = length * 10 + digit;
            }
            if (!hasMore() || position == start || length == 0) {
                throw new ProtocolException("missing or invalid packet length");
            }
            position++;
            return length;
        }
    }
}
