package dev.realtime.socketio.engine.wire;

import static dev.realtime.testkit.fuzz.Bytes.join;
import static dev.realtime.testkit.fuzz.Bytes.magnitude;
import static dev.realtime.testkit.fuzz.Bytes.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.ProtocolException;
import dev.realtime.testkit.fuzz.JsonText;
import dev.realtime.testkit.fuzz.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Frames and bodies. An input's first byte says which; what is accepted must stand the way back and forth again. */
public final class WireFormatFuzz implements Target {

    private static final String[] PLACES = {"text frame", "binary frame", "text body", "binary body"};

    /** Buffers are slow under the leak detector; what holds for so many packets holds for more. */
    private static final int MAX_PROVED = 4;

    private final Revision revision;
    private final WireFormat format;

    public WireFormatFuzz(Revision revision) {
        this.revision = revision;
        this.format = revision.format();
    }

    @Override
    public String name() {
        return "wire-" + revision.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int bytesPerByte() {
        // A packet of one byte: the record, its array, its place in the list, which may just have doubled.
        return 96;
    }

    @Override
    public byte[] generate(RandomGenerator random) {
        int place = random.nextInt(PLACES.length);
        byte[] payload = place < 2 ? frame(random, place == 1) : body(random, revision, place == 3);
        return join(new byte[] {(byte) place}, payload);
    }

    private byte[] frame(RandomGenerator random, boolean binary) {
        EncodedPacket packet = packet(random, binary);
        ByteBuf payload = packet.payload();
        byte[] bytes = ByteBufUtil.getBytes(payload);
        packet.release();
        return binary && revision == Revision.V3 ? join(new byte[] {4}, bytes) : bytes;
    }

    /** A body as a client of that revision writes it. */
    public static byte[] body(RandomGenerator random, Revision revision, boolean binary) {
        ByteBuf body = Unpooled.buffer();
        for (int i = random.nextInt(5); i >= 0; i--) {
            EncodedPacket packet = packet(random, random.nextInt(3) == 0);
            if (binary && revision == Revision.V3) {
                byte[] bytes = ByteBufUtil.getBytes(packet.payload());
                body.writeByte(packet.isBinary() ? 1 : 0);
                for (char digit : Integer.toString(bytes.length + (packet.isBinary() ? 1 : 0))
                        .toCharArray()) {
                    body.writeByte(digit - '0');
                }
                body.writeByte(0xFF).writeBytes(packet.isBinary() ? new byte[] {4} : new byte[0]);
                body.writeBytes(bytes);
            } else {
                revision.format().append(packet, body);
            }
            packet.release();
        }
        return ByteBufUtil.getBytes(body);
    }

    private static EncodedPacket packet(RandomGenerator random, boolean binary) {
        if (binary) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            return EncodedPacket.binary(bytes);
        }
        return EncodedPacket.text(
                switch (random.nextInt(4)) {
                    case 0 -> oneOf(random, "1", "2", "2probe", "3", "3probe", "5", "6");
                    case 1 -> "4" + random.nextInt(7) + "/admin," + random.nextInt(100) + JsonText.array(random, 2);
                    default -> "42" + JsonText.array(random, 3);
                });
    }

    @Override
    public Outcome take(byte[] input) {
        int place = input.length == 0 ? 0 : input[0] & 3;
        byte[] bytes = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        try {
            List<ReceivedPacket> packets = switch (place) {
                case 0 -> List.of(format.fromText(bytes));
                case 1 -> List.of(format.fromBinary(bytes));
                default -> format.packets(bytes, place == 3);
            };
            return new Accepted(format, place, packets);
        } catch (ProtocolException e) {
            return Target.refused(PLACES[place] + " " + e.getMessage());
        }
    }

    private record Accepted(WireFormat format, int place, List<ReceivedPacket> packets) implements Outcome {

        @Override
        public String kind() {
            long binary = packets.stream().filter(ReceivedPacket::binary).count();
            long bytes = packets.stream()
                    .mapToLong(packet -> packet.bytes().length)
                    .max()
                    .orElse(0);
            return PLACES[place] + " " + magnitude(packets.size()) + " packets, " + magnitude(binary)
                    + " binary, up to " + magnitude(bytes);
        }

        @Override
        public void prove() throws ProtocolException {
            for (ReceivedPacket packet : packets.subList(0, Math.min(MAX_PROVED, packets.size()))) {
                byte[] frame = framePayload(packet);
                same(packet, packet.binary() ? format.fromBinary(frame) : format.fromText(frame));
            }
            // A packet of no bytes has no place in a body, and what is no UTF-8 none in a text.
            if (place >= 2 && !packets.isEmpty()) {
                proveBody(packets.subList(0, Math.min(MAX_PROVED, packets.size())));
            }
        }

        private void proveBody(List<ReceivedPacket> packets) throws ProtocolException {
            ByteBuf body = Unpooled.buffer();
            int foretold = 0;
            for (ReceivedPacket packet : packets) {
                EncodedPacket encoded = encoded(packet);
                foretold += format.sizeInBody(encoded);
                format.append(encoded, body);
                encoded.release();
            }
            assertThat(body.readableBytes()).isLessThanOrEqualTo(foretold);
            List<ReceivedPacket> again = format.packets(ByteBufUtil.getBytes(body), false);
            assertThat(again).hasSameSizeAs(packets);
            for (int i = 0; i < again.size(); i++) {
                same(packets.get(i), again.get(i));
            }
        }

        private byte[] framePayload(ReceivedPacket packet) {
            ByteBuf frame = format.frame(encoded(packet));
            int length = frame.getByte(1);
            byte[] payload = ByteBufUtil.getBytes(frame.skipBytes(length == 127 ? 10 : length == 126 ? 4 : 2));
            frame.release();
            return payload;
        }

        private static EncodedPacket encoded(ReceivedPacket packet) {
            return packet.binary() ? EncodedPacket.binary(packet.bytes()) : EncodedPacket.text(packet.bytes());
        }

        private static void same(ReceivedPacket one, ReceivedPacket other) {
            if (one.binary() != other.binary() || !Arrays.equals(one.bytes(), other.bytes())) {
                throw new IllegalStateException("Not the same after the way back: "
                        + new String(one.bytes(), StandardCharsets.ISO_8859_1) + " and "
                        + new String(other.bytes(), StandardCharsets.ISO_8859_1));
            }
        }
    }
}
