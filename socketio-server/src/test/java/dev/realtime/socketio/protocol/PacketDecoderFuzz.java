package dev.realtime.socketio.protocol;

import static dev.realtime.testkit.fuzz.Bytes.join;
import static dev.realtime.testkit.fuzz.Bytes.magnitude;
import static dev.realtime.testkit.fuzz.Bytes.oneOf;
import static dev.realtime.testkit.fuzz.Bytes.random;

import dev.realtime.socketio.protocol.SocketPacket.Type;
import dev.realtime.testkit.fuzz.JsonText;
import dev.realtime.testkit.fuzz.Target;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A text message and the attachments behind it, with 0x1E between them. */
public final class PacketDecoderFuzz implements Target {

    private static final byte SEPARATOR = 0x1E;

    /** 1e0 is written as 1. */
    private static final Comparator<JsonNode> NUMBERS_BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private final int maxAttachments;
    private final int maxAttachmentBytes;

    public PacketDecoderFuzz(int maxAttachments, int maxAttachmentBytes) {
        this.maxAttachments = maxAttachments;
        this.maxAttachmentBytes = maxAttachmentBytes;
    }

    @Override
    public String name() {
        return "packet-decoder";
    }

    @Override
    public int bytesPerByte() {
        // An empty object is two bytes; its node has a map of its own.
        return 192;
    }

    @Override
    public byte[] generate(RandomGenerator random) {
        int attachments = random.nextInt(3);
        String namespace = oneOf(random, "", "", "/admin,", "/a?token=x,", "/город,", "/,");
        String text = switch (random.nextInt(6)) {
            case 0 -> "0" + namespace + oneOf(random, "", JsonText.object(random, 2), "{\"token\":\"x\"}");
            case 1 -> oneOf(random, "1", "4") + namespace;
            case 2 -> "3" + namespace + random.nextInt(1000) + JsonText.array(random, 3);
            case 3, 4 -> "5" + attachments + "-" + namespace + ackId(random) + event(random, attachments);
            default -> "2" + namespace + ackId(random) + event(random, 0);
        };
        byte[] input = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < attachments; i++) {
            input = join(input, new byte[] {SEPARATOR}, random(random, random.nextInt(24)));
        }
        return input;
    }

    private static String ackId(RandomGenerator random) {
        return oneOf(random, "", "", "0", "7", "007", "9007199254740991");
    }

    private static String event(RandomGenerator random, int attachments) {
        StringBuilder text = new StringBuilder("[").append(oneOf(random, "\"e\"", "1", "1e400", "\"join-room\""));
        for (int i = 0; i < attachments; i++) {
            text.append(",{\"_placeholder\":true,\"num\":").append(i).append('}');
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(',').append(JsonText.value(random, 3));
        }
        return text.append(']').toString();
    }

    @Override
    public Outcome take(byte[] input) {
        List<byte[]> messages = split(input);
        try {
            return new Accepted(decode(messages), isUtf8(messages.getFirst()));
        } catch (ProtocolException e) {
            return Target.refused(e.getMessage());
        }
    }

    private static boolean isUtf8(byte[] text) {
        return Arrays.equals(new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), text);
    }

    private static List<byte[]> split(byte[] input) {
        List<byte[]> messages = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= input.length; i++) {
            if (i == input.length || input[i] == SEPARATOR) {
                messages.add(Arrays.copyOfRange(input, start, i));
                start = i + 1;
            }
        }
        return messages;
    }

    private @Nullable SocketPacket decode(List<byte[]> messages) throws ProtocolException {
        PacketDecoder decoder = new PacketDecoder(
                new PacketDecoder.Bounds(1_000_000, 1_000_000, maxAttachments, maxAttachmentBytes), (_, _) -> true);
        SocketPacket packet = decoder.onText(messages.getFirst());
        for (int i = 1; i < messages.size() && packet == null; i++) {
            packet = decoder.onBinary(messages.get(i));
        }
        return packet;
    }

    private final class Accepted implements Outcome {

        private final @Nullable SocketPacket packet;
        private final boolean utf8;

        Accepted(@Nullable SocketPacket packet, boolean utf8) {
            this.packet = packet;
            this.utf8 = utf8;
        }

        @Override
        public String kind() {
            if (packet == null) {
                return "waits";
            }
            JsonNode data = packet.data();
            return packet.type() + " " + (packet.namespace().equals("/") ? "" : "namespace ")
                    + (packet.ackId() == null ? "" : "ack " + magnitude(packet.ackId()))
                    + (data == null
                            ? " empty"
                            : " " + magnitude(data.size()) + " in "
                                    + magnitude(data.toString().length()));
        }

        @Override
        public void prove() throws ProtocolException {
            // The layer below lets nobody send what is no UTF-8; it must do no harm, but no more.
            if (packet == null || !utf8) {
                return;
            }
            SocketPacket again = decode(encode(packet));
            if (again == null
                    || plain(again.type()) != plain(packet.type())
                    || !again.namespace().equals(packet.namespace())
                    || !Objects.equals(again.ackId(), packet.ackId())
                    || !same(again.data(), packet.data())) {
                throw new IllegalStateException("Not the same after the way back: " + packet + " and " + again);
            }
        }

        private static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
            return one == null || other == null ? one == other : one.equals(NUMBERS_BY_VALUE, other);
        }

        private List<byte[]> encode(SocketPacket from) {
            JsonNode data = from.data() == null ? null : from.data().deepCopy();
            List<byte[]> messages = new ArrayList<>();
            for (EncodedPacket encoded :
                    PacketEncoder.encode(plain(from.type()), from.namespace(), from.ackId(), data)) {
                byte[] bytes = ByteBufUtil.getBytes(encoded.payload());
                encoded.release();
                // The Engine.IO type before the text is not this layer's.
                messages.add(messages.isEmpty() ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
            }
            return messages;
        }

        /** The encoder decides by the data whether a packet is a binary one. */
        private static Type plain(Type type) {
            return switch (type) {
                case BINARY_EVENT -> Type.EVENT;
                case BINARY_ACK -> Type.ACK;
                default -> type;
            };
        }
    }
}
