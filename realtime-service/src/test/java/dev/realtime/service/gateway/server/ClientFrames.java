package dev.realtime.service.gateway.server;

import static dev.realtime.testkit.fuzz.Bytes.join;
import static dev.realtime.testkit.fuzz.Bytes.oneOf;
import static dev.realtime.testkit.fuzz.Bytes.random;

import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.testkit.fuzz.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Random frames of a WebSocket's client (RFC 6455 section 5): most as they should be, some as they must not be. */
final class ClientFrames {

    private static final int FIN = 0x80;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final RandomGenerator random;
    private final Revision revision;

    ClientFrames(RandomGenerator random, Revision revision) {
        this.random = random;
        this.revision = revision;
    }

    /** What a client says on one connection: the steps of an upgrade, if it is one, and messages behind them. */
    byte[] conversation(boolean upgrade) {
        byte[] all = new byte[0];
        if (upgrade) {
            all = join(text("2probe"), text(oneOf(random, "5", "5", "5", "2probe", "4a")));
        }
        if (revision == Revision.V4 && random.nextInt(8) > 0) {
            all = join(all, text("40" + oneOf(random, "", "", "{\"token\":\"x\"}", "/admin,")));
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            all = join(all, message());
        }
        return random.nextInt(4) == 0 ? join(all, close()) : all;
    }

    private byte[] message() {
        return switch (random.nextInt(10)) {
            case 0 -> text(oneOf(random, "1", "2", "2x", "3", "3probe", "5", "6", "7", "0{}", "", "b4AQ==", "bAQ=="));
            case 1 -> text("4" + oneOf(random, "0", "1", "0/admin,", "1/admin,", "0/none,", "3[]", "31[1]", "4\"\""));
            case 2 -> binary(random(random, random.nextInt(24)));
            case 3 ->
                join(
                        text("451-" + oneOf(random, "", "3") + "[\"e\",{\"_placeholder\":true,\"num\":0}]"),
                        binary(random(random, random.nextInt(24))));
            case 4 -> control();
            case 5 -> text("42" + JsonText.array(random, 3));
            case 6 -> text("42[\"ask\"," + JsonText.value(random, 1) + "]");
            case 7 -> text("43" + random.nextInt(3) + JsonText.array(random, 2));
            default -> text("42" + oneOf(random, "", "0", "7") + "[\"e\"," + JsonText.value(random, 3) + "]");
        };
    }

    private byte[] text(String packet) {
        return fragments(TEXT, packet.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] binary(byte[] bytes) {
        return fragments(BINARY, revision == Revision.V3 ? join(new byte[] {4}, bytes) : bytes);
    }

    /** One message in one frame or several, which may end within a character, with control frames in between. */
    private byte[] fragments(int opcode, byte[] payload) {
        byte[] all = new byte[0];
        int at = 0;
        for (int pieces = random.nextInt(3) == 0 ? random.nextInt(1, 4) : 0; pieces > 0; pieces--) {
            int end = random.nextInt(at, payload.length + 1);
            all = join(all, frame(at == 0 ? opcode : CONTINUATION, Arrays.copyOfRange(payload, at, end)));
            if (random.nextInt(3) == 0) {
                all = join(all, control());
            }
            opcode = CONTINUATION;
            at = end;
        }
        return join(all, frame(FIN | opcode, Arrays.copyOfRange(payload, at, payload.length)));
    }

    private byte[] control() {
        int opcode = oneOf(random, PING, PING, PONG, random.nextInt(16));
        return frame(FIN | opcode, random(random, random.nextInt(16) == 0 ? 126 : random.nextInt(10)));
    }

    private byte[] close() {
        int status = oneOf(random, 1000, 1001, 1005, 1006, 1015, 0, 999, 3000, 4999, 65_535);
        byte[] why = oneOf(random, "", "bye", "прощай").getBytes(StandardCharsets.UTF_8);
        byte[] payload = join(new byte[] {(byte) (status >> 8), (byte) status}, why);
        return frame(FIN | CLOSE, random.nextInt(6) == 0 ? random(random, random.nextInt(2)) : payload);
    }

    private byte[] frame(int firstByte, byte[] payload) {
        boolean odd = random.nextInt(32) == 0;
        int first = odd && random.nextBoolean() ? firstByte | 0x10 << random.nextInt(3) : firstByte;
        boolean masked = !odd || random.nextBoolean();
        // A mask of zeros leaves the payload readable, for damage that knows what it damages.
        byte[] mask = masked ? random.nextBoolean() ? new byte[4] : random(random, 4) : new byte[0];
        byte[] body = payload.clone();
        for (int i = 0; masked && i < body.length; i++) {
            body[i] ^= mask[i % 4];
        }
        return join(new byte[] {(byte) first}, length(payload.length, masked ? 0x80 : 0, odd), mask, body);
    }

    /** The length in the form that is due, or in a longer one, or one that is not true. */
    private byte[] length(int length, int maskBit, boolean odd) {
        long said = odd && random.nextInt(4) == 0 ? oneOf(random, length + 1L, 1L << 40, -1L, 65_536L) : length;
        int form = odd ? random.nextInt(3) : 0;
        if (form == 2 || said > 0xFFFF || said < 0) {
            return ByteBuffer.allocate(9)
                    .put((byte) (maskBit | 127))
                    .putLong(said)
                    .array();
        }
        if (form == 1 || said > 125) {
            return ByteBuffer.allocate(3)
                    .put((byte) (maskBit | 126))
                    .putShort((short) said)
                    .array();
        }
        return new byte[] {(byte) (maskBit | (int) said)};
    }
}
