package dev.realtime.service.gateway.peers;

import dev.realtime.service.gateway.frontdoor.ClientAddress;
import dev.realtime.service.identity.HmacSha256;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The header of a forwarded request: {@code time mac scheme ip host}. The mac is HMAC-SHA256 over the request's method
 * and target, hence the session id, the time and the client, with a key derived from {@code JWT_SECRET}. It is good for
 * 30 s, so the instances' clocks may not differ by more.
 */
final class ForwardSeal {

    private static final String PURPOSE = "realtime: forwarding between instances, 1";
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final int MAX_LENGTH = 600;

    private final byte[] key;
    private final Clock clock;

    ForwardSeal(String jwtSecret, Clock clock) {
        // A key of its own: what is signed here can never pass for a token, nor a token for this.
        key = HmacSha256.of(jwtSecret.getBytes(StandardCharsets.UTF_8), PURPOSE);
        this.clock = clock;
    }

    String seal(String method, String uri, ClientAddress client) {
        long now = clock.millis();
        String told = client.scheme() + " " + client.ip() + " " + client.host();
        return now + " " + sign(method, uri, now, told) + " " + told;
    }

    /** Null for anything but what {@link #seal} made for this request a moment ago. */
    @Nullable
    ClientAddress unseal(String value, String method, String uri) {
        String[] parts = value.split(" ", -1);
        // A client without a Host leaves the last part empty, and its blank is trimmed on the way.
        if (value.length() > MAX_LENGTH || parts.length < 4 || parts.length > 5 || !parts[0].matches("[0-9]{1,15}")) {
            return null;
        }
        String host = parts.length == 5 ? parts[4] : "";
        long time = Long.parseLong(parts[0]);
        String expected = sign(method, uri, time, parts[2] + " " + parts[3] + " " + host);
        if (!MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), parts[1].getBytes(StandardCharsets.UTF_8))
                || Math.abs(clock.millis() - time) > LIFETIME.toMillis()) {
            return null;
        }
        return new ClientAddress(InetAddress.ofLiteral(parts[3]), parts[2], host);
    }

    private String sign(String method, String uri, long time, String told) {
        // None of these can have a line end in it.
        byte[] signature = HmacSha256.of(key, method + "\n" + uri + "\n" + time + "\n" + told);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }
}
