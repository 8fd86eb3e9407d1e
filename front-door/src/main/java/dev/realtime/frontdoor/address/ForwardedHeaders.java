package dev.realtime.frontdoor.address;

import dev.realtime.frontdoor.http.HostSyntax;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client's address and replaces {@code X-Forwarded-*}. Must never pass on a forwarding header that a client
 * wrote.
 *
 * <p>If the peer is trusted, {@code X-Forwarded-For} is walked from its right end while the hops are trusted; the first
 * untrusted hop is the client. Entries to its left are dropped, since the client could have written them. An entry that
 * is not an IP address ends the walk, and the hop that reported it counts as the client. {@code Forwarded} and
 * {@code X-Real-IP} are always dropped: a second source could only contradict the first.
 */
public final class ForwardedHeaders {

    private static final String FOR = "x-forwarded-for";
    private static final String PROTO = "x-forwarded-proto";
    private static final String HOST = "x-forwarded-host";
    private static final int MAX_HOST_LENGTH = 300;

    private final TrustedProxies trusted;

    /** Trusts these proxies. */
    public ForwardedHeaders(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    /** Rewrites the headers in place and returns the client. */
    public ClientAddress rewrite(HttpHeaders headers, InetAddress peer) {
        InetAddress hop = IpRange.plain(peer);
        boolean believed = trusted.contains(hop);
        Deque<InetAddress> chain = new ArrayDeque<>();
        chain.addFirst(hop);
        if (believed) {
            walk(headers.getAll(FOR), chain);
        }
        String host = believed ? forwardedHost(headers) : null;
        if (host == null) {
            host = orEmpty(headers.get(HttpHeaderNames.HOST));
        }
        String scheme = believed && "https".equals(last(headers.getAll(PROTO))) ? "https" : "http";

        drop(headers);
        ClientAddress client = new ClientAddress(chain.getFirst(), scheme, host);
        List<String> hops = new ArrayList<>();
        chain.forEach(address -> hops.add(address.getHostAddress()));
        write(headers, client, String.join(", ", hops));
        return client;
    }

    /** Replaces the forwarding headers with this client and these hops. */
    public static void write(HttpHeaders headers, ClientAddress client, String hops) {
        headers.set(FOR, hops);
        headers.set(PROTO, client.scheme());
        headers.remove(HOST);
        if (!client.host().isEmpty()) {
            headers.set(HOST, client.host());
        }
    }

    private void walk(List<String> values, Deque<InetAddress> chain) {
        String[] entries = String.join(",", values).split(",", -1);
        for (int i = entries.length - 1; i >= 0 && trusted.contains(chain.getFirst()); i--) {
            InetAddress hop = hop(entries[i].strip());
            if (hop == null) {
                return;
            }
            chain.addFirst(hop);
        }
    }

    /**
     * Parses the forms that proxies write: an address, {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}, each also
     * with a zone.
     */
    static @Nullable InetAddress hop(String entry) {
        String text = entry;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0 || !isPort(text.substring(end + 1))) {
                return null;
            }
            text = text.substring(1, end);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            int colon = text.indexOf(':');
            if (!isPort(text.substring(colon))) {
                return null;
            }
            text = text.substring(0, colon);
        }
        int zone = text.indexOf('%');
        if (zone >= 0 && text.indexOf(':') >= 0) {
            text = text.substring(0, zone);
        }
        return IpRange.address(text);
    }

    private static boolean isPort(String text) {
        return text.isEmpty() || text.matches(":[0-9]{1,5}");
    }

    private static @Nullable String forwardedHost(HttpHeaders headers) {
        String host = last(headers.getAll(HOST));
        return host != null && host.length() <= MAX_HOST_LENGTH && HostSyntax.isHost(host) ? host : null;
    }

    /** The nearest proxy's value: the last entry of the last line. */
    private static @Nullable String last(List<String> values) {
        if (values.isEmpty()) {
            return null;
        }
        String value = values.getLast();
        String entry = value.substring(value.lastIndexOf(',') + 1).strip();
        return entry.isEmpty() ? null : entry.toLowerCase(Locale.ROOT);
    }

    private static void drop(HttpHeaders headers) {
        for (String name : List.copyOf(headers.names())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("forwarded") || lower.equals("x-real-ip") || lower.startsWith("x-forwarded-")) {
                headers.remove(name);
            }
        }
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
