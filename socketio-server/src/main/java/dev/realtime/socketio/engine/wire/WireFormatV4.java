package dev.realtime.socketio.engine.wire;

import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Revision 4 (protocol, sections "HTTP long-polling" and "Packet encoding"): a frame is a packet. In a body, 0x1E
 * separates the packets, and a binary packet is {@code b} followed by base64.
 */
final class WireFormatV4 implements WireFormat {

    private static final byte SEPARATOR = 0x1E;

    private static final byte BINARY = 'b';

    @Override
    public ReceivedPacket fromText(byte[] frame) {
        return new ReceivedPacket(false, frame);
    }

    @Override
    public ReceivedPacket fromBinary(byte[] frame) {
        return new ReceivedPacket(true, frame);
    }

    @Override
    public boolean isFrame(EncodedPacket packet) {
        return true;
    }

    @Override
    public ByteBuf frame(EncodedPacket packet) {
        return packet.frame();
    }

    @Override
    public int sizeInBody(EncodedPacket packet) {
        int length = packet.payload().readableBytes();
        return 1 + (packet.isBinary() ? 1 + (length + 2) / 3 * 4 : length);
    }

    @Override
    public void append(EncodedPacket packet, ByteBuf body) {
        if (body.isReadable()) {
            body.writeByte(SEPARATOR);
        }
        ByteBuf payload = packet.payload();
        if (packet.isBinary()) {
            body.writeByte(BINARY).writeBytes(Base64.getEncoder().encode(ByteBufUtil.getBytes(payload)));
        } else {
            body.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        }
    }

    @Override
    public boolean hasBinaryBodies() {
        return false;
    }

    @Override
    public void appendToBytes(EncodedPacket packet, ByteBuf body) {
        throw new UnsupportedOperationException("Engine.IO revision 4 has text bodies only");
    }

    @Override
    public List<ReceivedPacket> packets(byte[] body, boolean binary) throws ProtocolException {
        WireFormat.requireUtf8(body, 0, body.length);
        List<ReceivedPacket> packets = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == SEPARATOR) {
                packets.add(packet(body, start, i));
                start = i + 1;
            }
        }
        return packets;
    }

    private static ReceivedPacket packet(byte[] body, int start, int end) throws ProtocolException {
        if (start == end) {
            throw new ProtocolException("empty packet");
        }
        if (body[start] != BINARY) {
            return new ReceivedPacket(false, Arrays.copyOfRange(body, start, end));
        }
        return new ReceivedPacket(true, Base64Text.decode(body, start + 1, end));
    }
}
