package dev.realtime.service.security;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** The tokens in a request's headers. If there are several, all of them must be valid. */
final class RequestTokens {

    /** The header for services that use {@code Authorization} for something else. */
    static final String WEBHOOK_HEADER = "X-Webhook-Token";

    private static final String BEARER = "bearer ";

    private RequestTokens() {}

    /** The tokens, in order. A token in a scheme other than Bearer is empty, and therefore invalid. */
    static List<PresentedToken> of(RequestHeaders headers) {
        List<PresentedToken> tokens = new ArrayList<>();
        for (String value : headers.all(WEBHOOK_HEADER)) {
            tokens.add(new PresentedToken(PresentedToken.Kind.WEBHOOK, value));
        }
        for (String value : headers.all(HttpHeaders.AUTHORIZATION)) {
            tokens.add(new PresentedToken(PresentedToken.Kind.BEARER, bearer(value)));
        }
        return tokens;
    }

    /** The token in an {@code Authorization} header; empty, and therefore invalid, in a scheme other than Bearer. */
    static String bearer(String value) {
        return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? value.substring(BEARER.length()).strip()
                : "";
    }
}
