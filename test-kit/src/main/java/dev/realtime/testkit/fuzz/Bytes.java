package dev.realtime.testkit.fuzz;

import java.util.random.RandomGenerator;

/** What making inputs and naming outcomes takes. */
public final class Bytes {

    private Bytes() {}

    /** These bytes with a piece of them replaced. */
    public static byte[] replace(byte[] in, int at, int length, byte[] by) {
        byte[] out = new byte[in.length - length + by.length];
        System.arraycopy(in, 0, out, 0, at);
        System.arraycopy(by, 0, out, at, by.length);
        System.arraycopy(in, at + length, out, at + by.length, in.length - at - length);
        return out;
    }

    /** Bytes joined. */
    public static byte[] join(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            all = replace(all, all.length, 0, part);
        }
        return all;
    }

    /** As many random bytes. */
    public static byte[] random(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** One of these. */
    @SafeVarargs
    public static <T> T oneOf(RandomGenerator random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A number's order of magnitude, for outcomes. */
    public static int magnitude(long number) {
        return 64 - Long.numberOfLeadingZeros(number);
    }
}
