package dev.realtime.frontdoor.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syntax of a Host header or an authority: a name or an address, optionally with a port. */
public final class HostSyntax {

    private static final Pattern HOST =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,255})(?::(?<port>[0-9]{0,5}))?");
    private static final int MAX_PORT = 65_535;

    private HostSyntax() {}

    /** Whether this is a host with an optional port. */
    public static boolean isHost(String text) {
        Matcher parts = HOST.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        String port = parts.group("port");
        return port == null || port.isEmpty() || Integer.parseInt(port) <= MAX_PORT;
    }
}
