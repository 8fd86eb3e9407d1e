package dev.realtime.service.broadcast;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the token at the beginning of an incomplete body, where it usually stands. */
final class LeadingToken {

    private static final byte[] NAME = "\"token\"".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 1024;

    private LeadingToken() {}

    /** The token of a body that begins with {@code {"token":"…"}; null when it does not, or the token has escapes. */
    static @Nullable String of(byte[] body, int size) {
        int at = expect(body, size, 0, '{');
        at = skipBlanks(body, size, at);
        if (at < 0 || at + NAME.length > size || !Arrays.equals(body, at, at + NAME.length, NAME, 0, NAME.length)) {
            return null;
        }
        at = expect(body, size, at + NAME.length, ':');
        int start = expect(body, size, at, '"');
        if (start < 0) {
            return null;
        }
        for (int i = start; i < Math.min(size, start + LONGEST); i++) {
            if (body[i] == '"') {
                return new String(body, start, i - start, StandardCharsets.UTF_8);
            }
            if (body[i] == '\\' || body[i] < ' ') {
                return null;
            }
        }
        return null;
    }

    /** The index after this character and any whitespace before it; negative when another character is there. */
    private static int expect(byte[] body, int size, int from, char wanted) {
        int at = skipBlanks(body, size, from);
        return at >= 0 && at < size && body[at] == wanted ? at + 1 : -1;
    }

    private static int skipBlanks(byte[] body, int size, int from) {
        int at = from;
        while (at >= 0 && at < size && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
            at++;
        }
        return at;
    }
}
