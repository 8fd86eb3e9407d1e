package dev.realtime.socketio.engine;

import java.util.regex.Pattern;

/**
 * The path that clients connect to.
 *
 * @param value with a leading slash and no trailing one, such as {@code /socket.io}
 */
record EnginePath(String value) {

    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._-]{1,64}){1,4}");

    /** @throws IllegalArgumentException if the path does not consist of plain segments */
    EnginePath {
        if (!PLAIN.matcher(value).matches() || value.contains("..") || value.contains("/.")) {
            throw new IllegalArgumentException(
                    "the path must consist of plain segments such as /socket.io, without a trailing slash, but is '"
                            + value + "'");
        }
    }

    /** Whether this target is exactly this path, with or without a trailing slash. */
    boolean isExactly(String uri) {
        int query = uri.indexOf('?');
        int end = query < 0 ? uri.length() : query;
        return uri.startsWith(value)
                && (end == value.length() || (end == value.length() + 1 && uri.charAt(end - 1) == '/'));
    }
}
