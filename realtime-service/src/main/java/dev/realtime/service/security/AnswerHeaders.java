package dev.realtime.service.security;

import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * The security headers of every answer that is not shown as a page in a browser, for endpoints that answer without the
 * filters.
 */
public final class AnswerHeaders {

    static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

    /** Swagger UI has inline styles; everything else must come from this origin. */
    static final String OWN_PAGES = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
    private static final String EXPOSED = "Retry-After, Idempotent-Replayed, WWW-Authenticate";

    private AnswerHeaders() {}

    /** Additional headers for a request from an allowed origin. */
    public static Map<String, String> toOrigin(String origin) {
        return Map.of(
                HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin, HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }

    /** The same headers for an endpoint that also serves our own pages. */
    public static Map<String, String> withPages() {
        Map<String, String> headers = new HashMap<>(all());
        headers.put(CONTENT_SECURITY_POLICY, OWN_PAGES);
        return headers;
    }

    /** The headers, for a request without an Origin. */
    public static Map<String, String> all() {
        return Map.of(
                HttpHeaders.VARY,
                HttpHeaders.ORIGIN,
                "X-Content-Type-Options",
                "nosniff",
                "X-XSS-Protection",
                "0",
                HttpHeaders.CACHE_CONTROL,
                "no-cache, no-store, max-age=0, must-revalidate",
                HttpHeaders.PRAGMA,
                "no-cache",
                HttpHeaders.EXPIRES,
                "0",
                "X-Frame-Options",
                "DENY",
                CONTENT_SECURITY_POLICY,
                NO_PAGE,
                "Referrer-Policy",
                "no-referrer");
    }
}
