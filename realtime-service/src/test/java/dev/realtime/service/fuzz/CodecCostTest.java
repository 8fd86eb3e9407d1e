package dev.realtime.service.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.service.gateway.frontdoor.RequestTargetFuzz;
import dev.realtime.service.payload.PayloadScannerFuzz;
import dev.realtime.socketio.engine.EngineRequestFuzz;
import dev.realtime.socketio.engine.polling.PostBodyFuzz;
import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.engine.wire.WireFormatFuzz;
import dev.realtime.socketio.protocol.PacketDecoderFuzz;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No input costs more time than its length accounts for. Of each shape that tends to be expensive an input is compared
 * with one 32 times as long, by the thread's own time: about 32 times as much is right, 1024 times would be quadratic,
 * and the bound lies where noise does not come.
 */
class CodecCostTest {

    private static final int SHORT = 2_000;
    private static final int FACTOR = 32;
    private static final int ALLOWED = 150;
    private static final long ALLOWED_BESIDES = 20_000_000;
    private static final int TIMES = 6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static Arguments[] shapes() {
        Target v4 = new WireFormatFuzz(Revision.V4);
        Target v3 = new WireFormatFuzz(Revision.V3);
        Target post = new PostBodyFuzz(1_000_000);
        Target packets = new PacketDecoderFuzz(10, 1_000_000);
        Target query = new EngineRequestFuzz();
        Target uri = new RequestTargetFuzz();
        Target body = new PayloadScannerFuzz();
        return new Arguments[] {
            // The first character says where the rest stands: 2 is a text body, 3 a binary one.
            shape(v4, "\2", "9", ""),
            shape(v4, "\2" + "4", "\u001e4", ""),
            shape(v4, "\2", "\u001e", ""),
            shape(v4, "\2b", "AAAA", ""),
            shape(v4, "\2b", "=", ""),
            shape(v3, "\2", "9", ""),
            shape(v3, "\2", "1:4", ""),
            shape(v3, "\2", "0:", ""),
            shape(v3, "\3", "\0\1\u00ff4", ""),
            shape(v3, "\3", "\1\2\u00ff\4a", ""),
            shape(v3, "\0b4", "AAAA", ""),
            // In pieces of 32 bytes and of 64, revision 4 and revision 3.
            shape(post, "\24" + "4", "\u001e4", ""),
            shape(post, "\30" + "6", "\u001e6", ""),
            shape(post, "\25", "1:2", ""),
            shape(post, "\31", "1:4", ""),
            shape(packets, "2", "9", ""),
            shape(packets, "2", "[", ""),
            shape(packets, "2[\"e\",{\"a\":", "{\"a\":", ""),
            shape(packets, "2[\"e\",\"", "\\u00e9", "\"]"),
            shape(packets, "2[\"e\",\"", "\\", ""),
            shape(packets, "2[\"e\",\"", "\u00d0\u00b0", "\"]"),
            shape(packets, "2[\"e\"", ",0", "]"),
            shape(packets, "2[\"e\"", ",{}", "]"),
            shape(packets, "2[\"e\",", "9", "]"),
            shape(packets, "2[\"e\",0.", "9", "]"),
            shape(packets, "2[\"e\",", " ", "]"),
            shape(packets, "", "5-", ""),
            shape(packets, "", "45-", ""),
            shape(packets, "5", "9", "-[\"e\"]"),
            shape(packets, "2/", "a", ",[\"e\"]"),
            shape(packets, "51-[\"e\"", ",{\"_placeholder\":true,\"num\":0}", "]"),
            shape(packets, "50-[\"e\"", ",{\"_placeholder\":1,\"num\":0}", "]\u001ea"),
            shape(query, "\0/?", "a&", ""),
            shape(query, "\0/?EIO=4&transport=polling&sid=", "%41", ""),
            shape(query, "\0/?", "=", ""),
            shape(uri, "\0", "/a", ""),
            shape(uri, "\0", "/", ""),
            shape(uri, "\0/", "%41", ""),
            shape(uri, "\0/", ".", ""),
            shape(uri, "\0http://", "a", "/"),
            shape(body, "\0{\"call\":{\"id\":1,\"a\":", "[", ""),
            shape(body, "\0{\"call\":{\"id\":1,\"a\":", "{\"a\":", ""),
            shape(body, "\0{\"call\":{\"id\":1,\"a\":\"", "\\u00e9", "\"}}"),
            shape(body, "\0{\"call\":{\"id\":1,\"a\":", "9", "}}"),
            shape(body, "\0{\"call\":{\"id\":\"", "9", "\"}}"),
            shape(body, "\0{\"call\":{\"id\":1}", ",\"id\":1", "}"),
            shape(body, "\0{\"call\":{\"id\":1", ",\"id\":1", "}}"),
            shape(body, "\0{\"call\":{\"id\":1},\"rooms\":[1", ",\"operator:1\"", "]}"),
            shape(body, "\0{\"call\":{\"id\":1}", " ", "}"),
            shape(body, "\0{", "{", ""),
            shape(body, "\5{\"orderId\":1", ",\"token\":\"x\"", "}"),
        };
    }

    private static Arguments shape(Target target, String opening, String repeated, String closing) {
        return Arguments.of(target.name(), opening, repeated, closing, target);
    }

    @ParameterizedTest(name = "{0}: {1}{2}{2}…{3}")
    @MethodSource("shapes")
    void growsNoFasterThanItsInput(String name, String opening, String repeated, String closing, Target target)
            throws Exception {
        assertBounded(target, length -> repeated(opening, repeated, closing, length));
    }

    /** Names that a hash table keeps apart, and names that it does not: all of the same hash code. */
    @Test
    void growsNoFasterWithTheNumberOfNames() throws Exception {
        Target packets = new PacketDecoderFuzz(10, 1_000_000);
        Target body = new PayloadScannerFuzz();
        for (String zero : new String[] {"Ab", "Aa"}) {
            assertBounded(packets, length -> names("2[\"e\",{\"\":0", zero, "}]", length));
            assertBounded(body, length -> names("\0{\"call\":{\"id\":1", zero, "}}", length));
            assertBounded(body, length -> names("\0{\"call\":{\"id\":1}", zero, "}", length));
        }
    }

    /** A measure that sees nothing would prove nothing. */
    @Test
    void seesWhatIsQuadratic() {
        Target quadratic = new Target() {

            private long sum;

            @Override
            public String name() {
                return "quadratic";
            }

            @Override
            public byte[] generate(RandomGenerator random) {
                return new byte[0];
            }

            @Override
            public Outcome take(byte[] input) {
                long steps = (long) input.length * input.length / FACTOR;
                for (long i = 0; i < steps; i++) {
                    sum = sum * 31 + i;
                }
                return () -> "sum " + sum;
            }

            @Override
            public int bytesPerByte() {
                return 0;
            }
        };
        assertThatThrownBy(() -> assertBounded(quadratic, byte[]::new)).isInstanceOf(AssertionError.class);
    }

    private interface Shape {
        byte[] ofLength(int length);
    }

    private static void assertBounded(Target target, Shape shape) throws Exception {
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

    /** As many names as the length has room for: numbers whose binary digits are spelt "BB" and the other one. */
    private static byte[] names(String opening, String zero, String closing, int length) {
        StringBuilder text = new StringBuilder(opening);
        for (int number = 0; text.length() < length; number++) {
            text.append(",\"");
            for (int bit = 12; bit >= 0; bit--) {
                text.append((number >> bit & 1) == 0 ? zero : "BB");
            }
            text.append("\":0");
        }
        return text.append(closing).toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] repeated(String opening, String repeated, String closing, int length) {
        return (opening + repeated.repeat(length / repeated.length()) + closing).getBytes(StandardCharsets.ISO_8859_1);
    }
}
