package dev.realtime.service.gateway.engineio;

import dev.realtime.service.fanout.EncodedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The body of polling requests and answers: packets separated by 0x1E, binary ones as {@code b} and base64 (protocol,
 * section "HTTP long-polling", "Packet encoding").
 */
final class PayloadCodec {

    /** Stands between packets. */
    private static final byte SEPARATOR = 0x1E;

    private static final byte BINARY = 'b';

    private PayloadCodec() {}

    /** How many bytes a packet takes in a body. */
    static int encodedSize(EncodedPacket packet) {
        int length = packet.payload().readableBytes();
        return packet.isBinary() ? 1 + (length + 2) / 3 * 4 : length;
    }

    /** Appends a packet, and a separator before it unless it is the first. */
    static void encode(EncodedPacket packet, ByteBuf body) {
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

    /** One packet of a body: text with its type, or the bytes of a binary one. */
    record Received(boolean binary, byte[] bytes) {}

    /**
     * Takes a body apart.
     *
     * @throws EngineException when it is not UTF-8, has an empty packet or broken base64
     */
    static List<Received> decode(byte[] body) throws EngineException {
        requireUtf8(body);
        List<Received> packets = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == SEPARATOR) {
                packets.add(packet(body, start, i));
                start = i + 1;
            }
        }
        return packets;
    }

    private static Received packet(byte[] body, int start, int end) throws EngineException {
        if (start == end) {
            throw new EngineException("empty packet");
        }
        if (body[start] != BINARY) {
            return new Received(false, Arrays.copyOfRange(body, start, end));
        }
        try {
            return new Received(true, Base64.getDecoder().decode(Arrays.copyOfRange(body, start + 1, end)));
        } catch (IllegalArgumentException e) {
            throw new EngineException("invalid base64");
        }
    }

    private static void requireUtf8(byte[] body) throws EngineException {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw new EngineException("not UTF-8");
        }
    }
}
