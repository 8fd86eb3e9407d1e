package dev.realtime.frontdoor.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;

/** Removes hop-by-hop headers (RFC 9110 section 7.6.1). */
public final class HopByHop {

    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "upgrade");

    /** Naming these in Connection has no effect: without them the message would mean something else. */
    private static final Set<String> NEVER = Set.of("content-length", "host", "transfer-encoding", "content-type");

    private HopByHop() {}

    /** Removes all of them except the framing headers, which the caller sets. */
    public static void strip(HttpHeaders headers) {
        for (String line : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : line.split(",", -1)) {
                String named = name.strip().toLowerCase(Locale.ROOT);
                if (!named.isEmpty() && !NEVER.contains(named)) {
                    headers.remove(named);
                }
            }
        }
        ALWAYS.forEach(headers::remove);
    }
}
