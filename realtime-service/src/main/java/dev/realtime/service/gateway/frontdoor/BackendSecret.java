package dev.realtime.service.gateway.frontdoor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** What tells the front door's requests from those of any other process on this machine; new at every start. */
final class BackendSecret {

    /** The header that carries it from the front door to Tomcat; never comes from or goes to a client. */
    static final String HEADER = "x-realtime-front-door";

    private final String value;

    BackendSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String value() {
        return value;
    }

    boolean matches(String candidate) {
        return MessageDigest.isEqual(
                candidate.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }
}
