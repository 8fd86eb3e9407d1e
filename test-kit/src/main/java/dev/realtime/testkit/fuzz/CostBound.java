package dev.realtime.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/**
 * No input costs more time than its length accounts for. Of each shape that tends to be expensive an input is compared
 * with one 32 times as long, by the thread's own time: about 32 times as much is right, 1024 times would be quadratic,
 * and the bound lies where noise does not come.
 */
public final class CostBound {

    /** How many times as long the longer input is. */
    public static final int FACTOR = 32;

    private static final int SHORT = 2_000;
    private static final int ALLOWED = 150;
    private static final long ALLOWED_BESIDES = 20_000_000;
    private static final int TIMES = 6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CostBound() {}

    /** Inputs that differ in their length only. */
    @FunctionalInterface
    public interface Shape {
        byte[] ofLength(int length);
    }

    /** Fails if the longer input of a shape costs too much. */
    public static void assertBounded(Target target, Shape shape) throws Exception {
        byte[] small = shape.ofLength(SHORT);
        byte[] large = shape.ofLength(SHORT * FACTOR);
        long smallNanos = Long.MAX_VALUE;
        long largeNanos = Long.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            smallNanos = Math.min(smallNanos, nanos(target, small));
            largeNanos = Math.min(largeNanos, nanos(target, large));
        }
        assertThat(largeNanos)
                .as("%,d bytes cost %,d ns, %,d bytes %,d ns", small.length, smallNanos, large.length, largeNanos)
                .isLessThan(ALLOWED * smallNanos + ALLOWED_BESIDES);
    }

    private static long nanos(Target target, byte[] input) throws Exception {
        long before = THREADS.getCurrentThreadCpuTime();
        target.take(input);
        return THREADS.getCurrentThreadCpuTime() - before;
    }

    /** An opening, as many repetitions as the length has room for, and a closing. */
    public static Shape repeated(String opening, String repeated, String closing) {
        return length ->
                (opening + repeated.repeat(length / repeated.length()) + closing).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * As many names as the length has room for: numbers whose binary digits are spelt "BB" and {@code zero}. Spelt "Aa" they
     * all have the same hash code.
     */
    public static Shape names(String opening, String zero, String closing) {
        return length -> {
            StringBuilder text = new StringBuilder(opening);
            for (int number = 0; text.length() < length; number++) {
                text.append(",\"");
                for (int bit = 12; bit >= 0; bit--) {
                    text.append((number >> bit & 1) == 0 ? zero : "BB");
                }
                text.append("\":0");
            }
            return text.append(closing).toString().getBytes(StandardCharsets.US_ASCII);
        };
    }
}
