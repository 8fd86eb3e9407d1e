package dev.realtime.service.gateway.peers;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An instance's address, as written in Redis and in the configuration.
 *
 * @param host a name or an IP address, IPv6 without brackets
 * @param port from 1 to 65535
 */
record HostPort(String host, int port) {

    private static final Pattern FORM = Pattern.compile(
            "(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?))(?::([0-9]{1,5}))?");

    /** Parses an address. Throws IllegalArgumentException if the text is not one. */
    static HostPort parse(String text, int defaultPort) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a host, host:port or [IPv6]:port");
        }
        String port = matcher.group(3);
        int number = port == null ? defaultPort : Integer.parseInt(port);
        if (number < 1 || number > 65535) {
            throw new IllegalArgumentException("not a port from 1 to 65535");
        }
        String v6 = matcher.group(1);
        return new HostPort(v6 == null ? matcher.group(2) : v6, number);
    }

    /** The address to connect to; null if the name is unknown. Blocks for name resolution. */
    @Nullable
    InetSocketAddress resolve() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        return address.isUnresolved() ? null : address;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
