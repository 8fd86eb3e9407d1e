package dev.realtime.service.gateway.frontdoor;

import java.util.regex.Pattern;

/**
 * The path below which the gateway serves, and nobody else.
 *
 * @param path with its slash before it and none behind, such as {@code /socket.io}
 */
public record GatewayPath(String path) {

    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._-]{1,64}){1,4}");

    /** Where stock clients connect to unless they are told otherwise. */
    public static final GatewayPath DEFAULT = new GatewayPath("/socket.io");

    /** @throws IllegalArgumentException when the path is not made of plain segments */
    public GatewayPath {
        if (!PLAIN.matcher(path).matches() || path.contains("..") || path.contains("/.")) {
            throw new IllegalArgumentException(
                    "the path must be made of plain segments such as /socket.io, without a slash at its end, but is '"
                            + path + "'");
        }
    }

    /** Whether this target or path is the gateway's. */
    public boolean serves(String uri) {
        return uri.startsWith(path)
                && (uri.length() == path.length()
                        || uri.charAt(path.length()) == '/'
                        || uri.charAt(path.length()) == '?');
    }

    /** Whether this target is the path itself, with or without a slash at its end, and nothing below it. */
    public boolean isExactly(String uri) {
        int query = uri.indexOf('?');
        int end = query < 0 ? uri.length() : query;
        return uri.startsWith(path)
                && (end == path.length() || (end == path.length() + 1 && uri.charAt(end - 1) == '/'));
    }
}
