package dev.realtime.service.gateway.peers;

import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.Protocol;
import dev.realtime.service.identity.HmacSha256;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The seal of a forwarded request: the header {@code version mac time scheme ip host}. The MAC is HMAC-SHA256 over the
 * protocol version, the request's method and target (and so the session id), and the rest of the header, with a key
 * derived from {@code JWT_SECRET}. The time is Redis' time as the sender estimates it, so that the clocks of instances
 * need not agree. A seal is valid for 30 s.
 *
 * <p>In every protocol version the header begins with the version and a MAC over all the rest, so that only an instance
 * can cause a report of a foreign version.
 */
final class ForwardSeal {

    private static final String PURPOSE = "realtime: forwarding between instances";
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final int MAX_LENGTH = 600;

    private final byte[] key;
    private final ClusterClock clock;
    private final ForeignProtocols foreign;

    ForwardSeal(String jwtSecret, ClusterClock clock, ForeignProtocols foreign) {
        // A derived key: a seal can never pass for a token, nor a token for a seal.
        key = HmacSha256.of(jwtSecret.getBytes(StandardCharsets.UTF_8), PURPOSE);
        this.clock = clock;
        this.foreign = foreign;
    }

    String seal(String method, String uri, ClientAddress client) {
        String told = clock.millis() + " " + client.scheme() + " " + client.ip() + " " + client.host();
        String version = String.valueOf(Protocol.VERSION);
        return version + " " + sign(version, method, uri, told) + " " + told;
    }

    /** Returns null unless {@link #seal} made the value for this request within the last 30 s. */
    @Nullable
    ClientAddress unseal(String value, String method, String uri) {
        String[] frame = value.split(" ", 3);
        if (value.length() > MAX_LENGTH || frame.length < 3) {
            return null;
        }
        // A client without a Host header leaves the last part empty, and its leading space is trimmed in transit.
        String told = frame[2].chars().filter(character -> character == ' ').count() == 2 ? frame[2] + " " : frame[2];
        if (!isAuthentic(frame[0], method, uri, frame[1], told)) {
            return null;
        }
        if (!frame[0].equals(String.valueOf(Protocol.VERSION))) {
            foreign.report("forwarded request", "unknown", frame[0]);
            return null;
        }
        String[] parts = told.split(" ", 4);
        return Math.abs(clock.millis() - Long.parseLong(parts[0])) > LIFETIME.toMillis()
                ? null
                : new ClientAddress(InetAddress.ofLiteral(parts[2]), parts[1], parts[3]);
    }

    private boolean isAuthentic(String version, String method, String uri, String mac, String told) {
        return MessageDigest.isEqual(
                sign(version, method, uri, told).getBytes(StandardCharsets.UTF_8),
                mac.getBytes(StandardCharsets.UTF_8));
    }

    private String sign(String version, String method, String uri, String told) {
        // None of these parts can contain a line break.
        byte[] signature = HmacSha256.of(key, version + "\n" + method + "\n" + uri + "\n" + told);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }
}
