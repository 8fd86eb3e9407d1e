package dev.realtime.frontdoor.routing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Distinguishes the front door's requests from those of other processes that can reach the back end: a header with a
 * random value. A back end that trusts the front door's headers must refuse requests without it.
 */
public final class BackendProof {

    private static final int BYTES = 32;

    private final String header;
    private final String value;

    private BackendProof(String header, String value) {
        this.header = header;
        this.value = value;
    }

    /** A new random value for this header; the header's name is in lower case. */
    public static BackendProof random(String header) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new BackendProof(header, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The header that carries the value to the back end; never accepted from, nor sent to, a client. */
    public String header() {
        return header;
    }

    String value() {
        return value;
    }

    /** Whether a header's value is this one; compared in constant time. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(
                candidate.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }
}
