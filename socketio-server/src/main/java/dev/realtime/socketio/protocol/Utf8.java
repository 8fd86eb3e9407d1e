package dev.realtime.socketio.protocol;

/** Validates UTF-8 by RFC 3629 section 4, as browsers do. Reads bytes in place and allocates nothing. */
public final class Utf8 {

    /** No malformed character. */
    public static final int WELL_FORMED = -1;

    private Utf8() {}

    /**
     * The index of the first malformed character from {@code start} (inclusive) to {@code end} (exclusive): an overlong
     * form, a surrogate, a code point beyond U+10FFFF, a truncated character, or an invalid first byte.
     * {@link #WELL_FORMED} if there is none.
     */
    public static int firstMalformed(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            int length = bytes[at] >= 0 ? 1 : lengthOfLonger(bytes, at, end);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return WELL_FORMED;
    }

    /** The length of the multi-byte character that begins here; 0 if it is malformed. */
    private static int lengthOfLonger(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || length > end - at || !maySecond(lead, bytes[at + 1] & 0xFF)) {
            return 0;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /**
     * Whether this second byte may follow that first one; the narrower ranges exclude overlong forms, surrogates and
     * code points beyond U+10FFFF.
     */
    private static boolean maySecond(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }
}
