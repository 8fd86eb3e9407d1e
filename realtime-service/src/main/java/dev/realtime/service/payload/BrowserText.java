package dev.realtime.service.payload;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.socketio.protocol.Utf8;

/**
 * Checks that bytes are text that browsers accept. JSON parsers accept surrogates and overlong forms; a browser closes
 * its WebSocket over them (RFC 6455, section 8.1), and one such event would reach every browser at once.
 */
final class BrowserText {

    private BrowserText() {}

    /** Refuses a byte order mark, the character NUL, and everything that is not UTF-8 according to RFC 3629. */
    static void check(byte[] bytes) throws InvalidPayloadException {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            throw malformed("The body must not begin with a byte order mark.");
        }
        for (byte b : bytes) {
            // NUL is not valid in JSON, and a parser may take bytes with NUL for UTF-16 or UTF-32.
            if (b == 0) {
                throw malformed("The body contains a NUL; it must be JSON in UTF-8.");
            }
        }
        int malformed = Utf8.firstMalformed(bytes, 0, bytes.length);
        if (malformed != Utf8.WELL_FORMED) {
            throw malformed("The body is not UTF-8: see the byte at offset " + malformed + ".");
        }
    }

    /** Whether a string can be encoded in UTF-8: escapes in JSON can spell half of a surrogate pair. */
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
