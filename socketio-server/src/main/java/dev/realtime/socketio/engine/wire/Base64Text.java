package dev.realtime.socketio.engine.wire;

import dev.realtime.socketio.protocol.ProtocolException;
import java.util.Arrays;
import java.util.Base64;

/** Base64 for bytes in text (protocol, sections "Packet encoding" and "HTTP long-polling"). */
final class Base64Text {

    private Base64Text() {}

    /**
     * Decodes this part of a text. Skips line breaks, because the stock Java client (engine.io-client 2.1.0) breaks
     * lines after 76 characters and at the end; everything else must be base64.
     */
    static byte[] decode(byte[] text, int start, int end) throws ProtocolException {
        byte[] digits = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            if (text[i] != '\n' && text[i] != '\r') {
                digits[length++] = text[i];
            }
        }
        try {
            return Base64.getDecoder().decode(length == digits.length ? digits : Arrays.copyOf(digits, length));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("invalid base64");
        }
    }
}
