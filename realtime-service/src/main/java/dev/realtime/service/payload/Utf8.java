package dev.realtime.service.payload;

import dev.realtime.contracts.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The check that bytes are text a browser takes. JSON parsers let surrogates and overlong forms through; a browser closes
 * its WebSocket over them (RFC 6455, section 8.1), and one such event would reach every browser at once.
 */
final class Utf8 {

    private Utf8() {}

    /** Refuses everything that is not UTF-8 as RFC 3629 has it, a byte order mark, and the character NUL. */
    static void check(byte[] bytes) throws InvalidPayloadException {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            throw malformed("The body begins with a byte order mark, which JSON must not have.");
        }
        for (byte b : bytes) {
            // JSON has no place for it, and a parser may take bytes with it for UTF-16 or UTF-32.
            if (b == 0) {
                throw malformed("The body has a NUL in it; it must be JSON in UTF-8.");
            }
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(Math.min(Math.max(bytes.length, 2), 8192));
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw malformed("The body is not UTF-8: see the byte at offset " + in.position() + ".");
        }
    }

    /** Whether a string can be written in UTF-8: JSON's escapes can spell half a surrogate pair. */
    static boolean isEncodable(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static InvalidPayloadException malformed(String message) {
        return new InvalidPayloadException(ErrorCode.BODY_MALFORMED, "", message);
    }
}
