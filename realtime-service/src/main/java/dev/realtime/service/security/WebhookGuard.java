package dev.realtime.service.security;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Lets services in. A token in a header is judged before the body is read; one in the body when it is there. A request
 * with several must have them all right, and the first one, header before body, says which service it is.
 */
@Component
public final class WebhookGuard {

    private final WebhookServices services;

    WebhookGuard(WebhookServices services) {
        this.services = services;
    }

    /**
     * The service that the headers show; null when they show no token.
     *
     * @throws ProblemException when a token in them is wrong
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

    /** @throws ProblemException when the token is no service's */
    public WebhookService byToken(String token) {
        WebhookService service = services.find(token);
        if (service == null) {
            throw new ProblemException(ErrorCode.TOKEN_INVALID, "The token is not valid.");
        }
        return service;
    }

    /**
     * The service that posts.
     *
     * @param shown the service that the headers show; null when they show none
     * @param bodyToken the token in the body; null when there is none
     * @throws ProblemException when there is no webhook token in the request, or a wrong one beside the right one
     */
    public WebhookService check(@Nullable WebhookService shown, @Nullable String bodyToken) {
        WebhookService inBody = bodyToken == null ? null : byToken(bodyToken);
        if (shown != null) {
            return shown;
        }
        if (inBody == null) {
            throw new ProblemException(
                    ErrorCode.TOKEN_MISSING,
                    "The webhook token is missing: send it as the body's member token, as Authorization: Bearer, or as "
                            + RequestTokens.WEBHOOK_HEADER + ".");
        }
        return inBody;
    }
}
