package dev.realtime.service.cors;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin as RFC 6454 compares it: scheme and host in lower case, and the port even where it was omitted.
 *
 * @param scheme for example {@code https}
 * @param host a name, an IPv4 address or an IPv6 address in brackets
 * @param port the port, {@value #NO_PORT} for a scheme without a default port
 */
record Origin(String scheme, String host, int port) {

    /** The header value of a page without an origin of its own. */
    static final String OPAQUE = "null";

    private static final int NO_PORT = -1;
    private static final int MAX_LENGTH = 512;

    private static final Pattern AUTHORITY =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[^\\s:/?#@\\[\\]\\\\,]+)(?::(?<port>[0-9]{1,5}))?");
    private static final Pattern SERIALIZED =
            Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^\\s/?#\\\\]+)");

    /** Parses exactly {@code scheme://host[:port]}; empty for everything else. */
    static Optional<Origin> parse(String serialized) {
        if (serialized.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = SERIALIZED.matcher(serialized);
        return matcher.matches() ? of(matcher.group("scheme"), matcher.group("authority")) : Optional.empty();
    }

    /** The origin for a scheme and the {@code host[:port]} of a header {@code Host}. */
    static Optional<Origin> of(String scheme, String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        if (authority.length() > MAX_LENGTH || !matcher.matches()) {
            return Optional.empty();
        }
        String lowerScheme = scheme.toLowerCase(Locale.ROOT);
        String port = matcher.group("port");
        int number = port == null ? defaultPort(lowerScheme) : Integer.parseInt(port);
        if (number > 65_535) {
            return Optional.empty();
        }
        return asciiHost(matcher.group("host")).map(host -> new Origin(lowerScheme, host, number));
    }

    private static Optional<String> asciiHost(String host) {
        try {
            String ascii = host.startsWith("[") ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
            return Optional.of(ascii.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> NO_PORT;
        };
    }
}
