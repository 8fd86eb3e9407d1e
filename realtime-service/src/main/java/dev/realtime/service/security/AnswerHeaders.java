package dev.realtime.service.security;

import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** What the filters write into every answer that no browser shows as a page, for whoever answers without them. */
public final class AnswerHeaders {

    static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

    /** Swagger UI has styles of its own in its elements; nothing comes from anywhere else. */
    static final String OWN_PAGES = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
    private static final String EXPOSED = "Retry-After, Idempotent-Replayed, WWW-Authenticate";

    private AnswerHeaders() {}

    /** What a page of this origin, which may use the service, is told besides. */
    public static Map<String, String> toOrigin(String origin) {
        return Map.of(
                HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin, HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }

    /** The same where pages of our own are among the answers. */
    public static Map<String, String> withPages() {
        Map<String, String> headers = new HashMap<>(all());
        headers.put(CONTENT_SECURITY_POLICY, OWN_PAGES);
        return headers;
    }

    /** Name and value of each; to a request without an Origin. */
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
