package dev.realtime.console.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** The token with which a collector reads the metrics: {@code Authorization: Bearer …}, and nothing else is open to it. */
final class MetricsToken {

    /** Where the metrics are. */
    static final String PATH = "/actuator/prometheus";

    private static final String SCHEME = "Bearer";

    private final byte @Nullable [] token;

    /** @param token null for none: every one that is shown is refused then */
    MetricsToken(@Nullable String token) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a request for the metrics shows a token, right or wrong. */
    static boolean isShownBy(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && PATH.equals(request.getRequestURI()
                        .substring(request.getContextPath().length()));
    }

    /** Whether it is the right one; takes as long for any. */
    boolean isRight(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean get = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return get
                && token != null
                && header != null
                && MessageDigest.isEqual(
                        token, header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }

    /** Answers by itself: the page for errors is another chain's, and asks for a login. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException why) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
    }
}
