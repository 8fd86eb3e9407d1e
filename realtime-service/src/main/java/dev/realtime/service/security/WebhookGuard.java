package dev.realtime.service.security;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Admits services. A token in a header is checked before the body is read; a token in the body is checked once it has
 * arrived. If a request has several tokens, all must be valid, and the first one, headers before body, determines the
 * service.
 */
@Component
public final class WebhookGuard {

    private final WebhookServices services;

    WebhookGuard(WebhookServices services) {
        this.services = services;
    }

    /**
     * The service that the headers identify; null if they contain no token.
     *
     * @throws ProblemException if a token in them is wrong
     */
    public @Nullable WebhookService byHeaders(RequestHeaders headers) {
        WebhookService first = null;
        for (String token : headers.all(RequestTokens.WEBHOOK_HEADER)) {
            WebhookService service = byToken(token);
            first = first == null ? service : first;
        }
        for (String value : headers.all(HttpHeaders.AUTHORIZATION)) {
            WebhookService service = byToken(RequestTokens.bearer(value));
            first = first == null ? service : first;
        }
        return first;
    }

    /** @throws ProblemException if the token does not belong to a service */
    public WebhookService byToken(String token) {
        WebhookService service = services.find(token);
        if (service == null) {
            throw new ProblemException(ErrorCode.TOKEN_INVALID, "The token is not valid.");
        }
        return service;
    }

    /**
     * The service that sends the request.
     *
     * @param shown the service that the headers identify; null for none
     * @param bodyToken the token in the body; null for none
     * @throws ProblemException if the request has no webhook token, or has a wrong one beside a valid one
     */
    public WebhookService check(@Nullable WebhookService shown, @Nullable String bodyToken) {
        WebhookService inBody = bodyToken == null ? null : byToken(bodyToken);
        if (shown != null) {
            return shown;
        }
        if (inBody == null) {
            throw new ProblemException(
                    ErrorCode.TOKEN_MISSING,
                    "The webhook token is missing: send it as the member token of the body, as Authorization: Bearer,"
                            + " or as " + RequestTokens.WEBHOOK_HEADER + ".");
        }
        return inBody;
    }
}
