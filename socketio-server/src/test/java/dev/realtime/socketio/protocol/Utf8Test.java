package dev.realtime.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Against the JDK's decoder, which takes the same for well-formed. */
class Utf8Test {

    /** The ends of every range that RFC 3629, section 4, names, and their neighbours. */
    private static final int[] BYTES = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer chars = CharBuffer.allocate(8);

    @Test
    void findsWhatTheDecoderFinds() {
        byte[] bytes = new byte[4];
        for (int one : BYTES) {
            bytes[0] = (byte) one;
            assertSame(bytes, 1);
            for (int two : BYTES) {
                bytes[1] = (byte) two;
                assertSame(bytes, 2);
                for (int three : BYTES) {
                    bytes[2] = (byte) three;
                    assertSame(bytes, 3);
                    for (int four : BYTES) {
                        bytes[3] = (byte) four;
                        assertSame(bytes, 4);
                    }
                }
            }
        }
    }

    @Test
    void looksAtNothingBesideItsPart() {
        byte[] bytes = {(byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA9};
        assertThat(Utf8.firstMalformed(bytes, 1, 4)).isEqualTo(Utf8.WELL_FORMED);
        assertThat(Utf8.firstMalformed(bytes, 1, 3)).isEqualTo(2);
        assertThat(Utf8.firstMalformed(bytes, 1, 1)).isEqualTo(Utf8.WELL_FORMED);
    }

    private void assertSame(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        int expected = decoder.reset().decode(in, chars.clear(), true).isError() ? in.position() : Utf8.WELL_FORMED;
        int found = Utf8.firstMalformed(bytes, 0, length);
        if (found != expected) {
            assertThat(found)
                    .as("%x %x %x %x to %d", bytes[0], bytes[1], bytes[2], bytes[3], length)
                    .isEqualTo(expected);
        }
    }
}
