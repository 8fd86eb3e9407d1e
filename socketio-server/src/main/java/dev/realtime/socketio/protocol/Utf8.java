package dev.realtime.socketio.protocol;

/** UTF-8 as browsers take it: RFC 3629 section 4 to the letter. Looks at bytes where they are and allocates nothing. */
public final class Utf8 {

    /** All is well-formed. */
    public static final int WELL_FORMED = -1;

    private Utf8() {}

    /**
     * Where the first character begins, from {@code start} to before {@code end}, that is not well-formed: an overlong
     * form, a surrogate, one beyond U+10FFFF, one cut short, or a byte that begins none; {@link #WELL_FORMED} when there
     * is none such.
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

    /** The length of the character of two bytes or more that begins here; 0 when it is none. */
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

    /** Whether this byte may follow that first one; the narrower ranges keep overlong forms and surrogates out. */
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
