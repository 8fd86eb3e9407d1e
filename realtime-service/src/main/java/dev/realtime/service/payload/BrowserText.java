package dev.realtime.service.payload;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.socketio.protocol.Utf8;

/**
 * The check that bytes are text a browser takes. JSON parsers let surrogates and overlong forms through; a browser closes
 * its WebSocket over them (RFC 6455, section 8.1), and one such event would reach every browser at once.
 */
final class BrowserText {

    private BrowserText() {}

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
        int malformed = Utf8.firstMalformed(bytes, 0, bytes.length);
        if (malformed != Utf8.WELL_FORMED) {
            throw malformed("The body is not UTF-8: see the byte at offset " + malformed + ".");
        }
    }

    /** Whether a string can be written in UTF-8: JSON's escapes can spell half a surrogate pair. */
    static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean paired = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!paired) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static InvalidPayloadException malformed(String message) {
        return new InvalidPayloadException(ErrorCode.BODY_MALFORMED, "", message);
    }
}
