package dev.realtime.service.security;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.stereotype.Component;

/**
 * Lets services in whose token may stand in the body. The body has to be read for that, and its size and syntax are
 * judged on the way, so this is called by the endpoint and not by a filter; the providers are the same.
 */
@Component
public final class WebhookGuard {

    private final AuthenticationManager authentication;

    WebhookGuard(AuthenticationManager authentication) {
        this.authentication = authentication;
    }

    /**
     * Returns when the caller is a service of ours.
     *
     * @param bodyToken the token in the body; null when there is none
     * @throws ProblemException when there is no webhook token in the request, or a wrong one beside the right one
     */
    public void check(RequestHeaders headers, @Nullable String bodyToken) {
        List<PresentedToken> tokens = RequestTokens.of(headers, PresentedToken.Kind.WEBHOOK);
        if (bodyToken != null) {
            tokens.add(new PresentedToken(PresentedToken.Kind.WEBHOOK, bodyToken));
        }
        if (tokens.isEmpty()) {
            throw new ProblemException(
                    ErrorCode.TOKEN_MISSING,
                    "The webhook token is missing: send it as the body's member token, as Authorization: Bearer, or as "
                            + RequestTokens.WEBHOOK_HEADER + ".");
        }
        try {
            tokens.forEach(authentication::authenticate);
        } catch (TokenRefusedException e) {
            throw new ProblemException(e.code(), e.getMessage());
        }
    }
}
