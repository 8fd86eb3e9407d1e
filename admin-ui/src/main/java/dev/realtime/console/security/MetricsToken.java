package dev.realtime.console.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** The token with which a collector reads the metrics, and nothing else: {@code Authorization: Bearer …}. */
final class MetricsToken {

    /** The path of the metrics. */
    static final String PATH = "/actuator/prometheus";

    private static final String SCHEME = "Bearer";

    private final byte @Nullable [] token;

    /** @param token null for none: every token is then refused */
    MetricsToken(@Nullable String token) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a request for the metrics carries a token, right or wrong. */
    static boolean isShownBy(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && PATH.equals(request.getRequestURI()
                        .substring(request.getContextPath().length()));
    }

    /** Whether the token is right. Compares in constant time. */
    boolean isRight(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean get = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return get
                && token != null
                && header != null
                && MessageDigest.isEqual(
                        token, header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the answer directly: the error page belongs to another filter chain, which asks for a login. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException why) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
    }
}
