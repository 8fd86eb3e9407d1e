package dev.realtime.testkit.fuzz;

import static dev.realtime.testkit.fuzz.Bytes.replace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damages inputs as transports, attackers and bugs do. */
final class Mutator {

    /** An input does not grow beyond this by damage. */
    private static final int MAX_LENGTH = 2 * 1024;

    private static final byte[][] SNIPPETS = {
        {0x1E},
        {0},
        {(byte) 0xFF},
        // Overlong, a surrogate, beyond Unicode, cut short, a byte order mark.
        {(byte) 0xC0, (byte) 0x80},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
        {(byte) 0xF0, (byte) 0x9F, (byte) 0x98},
        {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
        {(byte) 0xF0, (byte) 0x9F, (byte) 0x98, (byte) 0x80},
        ascii("\\ud800"),
        ascii("\\u0000"),
        ascii("{\"_placeholder\":true,\"num\":0}"),
        ascii("\"_placeholder\""),
        ascii("-"),
        ascii("\r\n"),
        ascii("\r\n\r\n"),
        ascii("%2e"),
        ascii("%00"),
        ascii("%"),
        ascii("..;/"),
        ascii("&sid="),
        ascii("EIO=4"),
        ascii("b===="),
        ascii("b4AQ"),
        ascii("1e999999999"),
        ascii("-0"),
        ascii("NaN"),
        ascii("2147483648"),
        ascii("9223372036854775808"),
        {0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
        {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0},
    };

    private final RandomGenerator random;

    Mutator(RandomGenerator random) {
        this.random = random;
    }

    byte[] mutate(byte[] input, byte[] other) {
        byte[] result = input;
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            result = once(result, other);
        }
        return result.length <= MAX_LENGTH ? result : Arrays.copyOf(result, MAX_LENGTH);
    }

    private byte[] once(byte[] in, byte[] other) {
        int at = random.nextInt(in.length + 1);
        int length = random.nextInt(Math.min(32, in.length - at) + 1);
        return switch (random.nextInt(10)) {
            case 0 -> flip(in);
            case 1 -> replace(in, at, 0, new byte[] {(byte) random.nextInt(256)});
            case 2 -> replace(in, at, length, new byte[0]);
            case 3 -> Arrays.copyOf(in, at);
            case 4 -> replace(in, at, 0, repeat(Arrays.copyOfRange(in, at, at + length), 1 << random.nextInt(8)));
            case 5 ->
                replace(in, at, 0, repeat(new byte[] {(byte) ('0' + random.nextInt(10))}, 1 << random.nextInt(11)));
            case 6 -> replace(in, at, length, SNIPPETS[random.nextInt(SNIPPETS.length)]);
            case 7 -> splice(in, at, other);
            case 8 -> replace(in, at, 0, Arrays.copyOfRange(in, at, at + length));
            default ->
                replace(
                        in,
                        at,
                        0,
                        repeat(
                                new byte[] {"[{\"\\,:/%;&=b".getBytes(StandardCharsets.US_ASCII)[random.nextInt(12)]},
                                1 << random.nextInt(9)));
        };
    }

    private byte[] flip(byte[] in) {
        byte[] out = in.clone();
        if (out.length > 0) {
            out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return out;
    }

    private byte[] splice(byte[] in, int at, byte[] other) {
        int from = random.nextInt(other.length + 1);
        return replace(in, at, in.length - at, Arrays.copyOfRange(other, from, other.length));
    }

    private static byte[] repeat(byte[] piece, int times) {
        byte[] out = new byte[Math.min(piece.length * times, MAX_LENGTH)];
        for (int i = 0; i < out.length; i++) {
            out[i] = piece[i % piece.length];
        }
        return out;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
