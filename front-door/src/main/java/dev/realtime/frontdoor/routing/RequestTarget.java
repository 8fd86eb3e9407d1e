package dev.realtime.frontdoor.routing;

import dev.realtime.frontdoor.http.HostSyntax;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request's target in origin form.
 *
 * <p>The path is never rewritten. A path that a back end could normalize to a different one is refused, so that both
 * sides see the same path, however each interprets it:
 *
 * <ul>
 *   <li>anything but visible ASCII, a backslash, {@code #}, or {@code %} without two hex digits;
 *   <li>{@code ;} (path parameters), literal or encoded; encoded {@code /}, {@code \}, {@code %} and control bytes;
 *   <li>empty segments ({@code //}), and {@code .} or {@code ..} as a segment, literal or encoded in part;
 *   <li>the endpoint's path in percent-encoding.
 * </ul>
 *
 * <p>An absolute-form target ({@code GET http://host/path}) becomes origin form and its authority replaces Host (RFC
 * 9112 section 3.2.2).
 *
 * @param uri the target in origin form, or {@code *} for OPTIONS
 * @param authority the authority of an absolute-form target, otherwise empty
 */
public record RequestTarget(String uri, String authority) {

    /**
     * Parses the target.
     *
     * @param endpoint the path whose requests do not go to the back end; null if there is none
     * @throws IllegalArgumentException if the target is refused; the message is for the client
     */
    public static RequestTarget parse(HttpMethod method, String target, @Nullable EndpointPath endpoint) {
        if (target.equals("*")) {
            if (method.equals(HttpMethod.OPTIONS)) {
                return new RequestTarget(target, "");
            }
            throw new IllegalArgumentException("Only OPTIONS may use an asterisk as the request target.");
        }
        String authority = "";
        String uri = target;
        if (!target.startsWith("/")) {
            String lower = target.toLowerCase(Locale.ROOT);
            int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
            if (start < 0) {
                throw new IllegalArgumentException("The request target must begin with a slash.");
            }
            int end = authorityEnd(target, start);
            authority = target.substring(start, end);
            if (!HostSyntax.isHost(authority)) {
                throw new IllegalArgumentException("The request target's authority is not a host.");
            }
            String rest = target.substring(end);
            uri = rest.startsWith("/") ? rest : "/" + rest;
        }
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c > '~' || c == '#') {
                throw new IllegalArgumentException("The request target has characters that must be encoded.");
            }
        }
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        String decoded = decode(path);
        if (endpoint != null && endpoint.serves(decoded) != endpoint.serves(path)) {
            throw new IllegalArgumentException("The path must not percent-encode characters that need no encoding.");
        }
        return new RequestTarget(uri, authority);
    }

    void applyTo(HttpRequest head) {
        head.setUri(uri);
        if (!authority.isEmpty()) {
            head.headers().set(HttpHeaderNames.HOST, authority);
        }
    }

    private static int authorityEnd(String target, int start) {
        for (int i = start; i < target.length(); i++) {
            if (target.charAt(i) == '/' || target.charAt(i) == '?') {
                return i;
            }
        }
        return target.length();
    }

    /** The path with its escapes decoded byte by byte; refuses what another parser could read differently. */
    private static String decode(String path) {
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean escaped = c == '%';
            if (escaped) {
                int high = i + 2 <= path.length() - 1 ? Character.digit(path.charAt(i + 1), 16) : -1;
                int low = i + 2 <= path.length() - 1 ? Character.digit(path.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException(
                            "A percent sign in the path must be followed by two hex digits.");
                }
                c = (char) (high << 4 | low);
                i += 2;
            }
            if (c == '\\' || c == ';' || c < ' ' || c == 0x7f || (escaped && (c == '/' || c == '%'))) {
                throw new IllegalArgumentException(
                        "The path has a character that is not allowed, even percent-encoded.");
            }
            decoded.append(c);
        }
        String result = decoded.toString();
        for (String segment : result.substring(1).split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("The path has dot segments.");
            }
        }
        if (result.contains("//")) {
            throw new IllegalArgumentException("The path has empty segments.");
        }
        return result;
    }
}
