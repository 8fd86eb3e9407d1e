package dev.realtime.frontdoor.routing;

import java.util.regex.Pattern;

/**
 * The path below which a {@link ChannelEndpoint} serves all requests.
 *
 * @param path with a leading slash and no trailing one, such as {@code /chat}
 */
public record EndpointPath(String path) {

    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._-]{1,64}){1,4}");

    /** @throws IllegalArgumentException if the path does not consist of plain segments */
    public EndpointPath {
        if (!PLAIN.matcher(path).matches() || path.contains("..") || path.contains("/.")) {
            throw new IllegalArgumentException(
                    "the path must consist of plain segments such as /chat, without a trailing slash, but is '" + path
                            + "'");
        }
    }

    /** Whether this target or path belongs to the endpoint. */
    public boolean serves(String uri) {
        return uri.startsWith(path)
                && (uri.length() == path.length()
                        || uri.charAt(path.length()) == '/'
                        || uri.charAt(path.length()) == '?');
    }

    /** Whether this target is exactly this path, with or without a trailing slash. */
    public boolean isExactly(String uri) {
        int query = uri.indexOf('?');
        int end = query < 0 ? uri.length() : query;
        return uri.startsWith(path)
                && (end == path.length() || (end == path.length() + 1 && uri.charAt(end - 1) == '/'));
    }
}
