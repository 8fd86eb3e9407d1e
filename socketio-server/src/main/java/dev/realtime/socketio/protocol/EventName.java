package dev.realtime.socketio.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the name of an event without parsing its JSON. */
final class EventName {

    private static final int MAX_LENGTH = 256;

    private EventName() {}

    /** The first element of a JSON array if it is a string without escapes; otherwise null. */
    static @Nullable String peek(byte[] json, int start) {
        int open = skipSpace(json, start);
        if (open == json.length || json[open] != '[') {
            return null;
        }
        int quote = skipSpace(json, open + 1);
        if (quote == json.length || json[quote] != '"') {
            return null;
        }
        int end = Math.min(json.length, quote + 1 + MAX_LENGTH);
        for (int i = quote + 1; i < end; i++) {
            if (json[i] == '\\') {
                return null;
            }
            if (json[i] == '"') {
                return new String(json, quote + 1, i - quote - 1, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private static int skipSpace(byte[] json, int from) {
        int at = from;
        while (at < json.length && (json[at] == ' ' || json[at] == '\t' || json[at] == '\n' || json[at] == '\r')) {
            at++;
        }
        return at;
    }
}
