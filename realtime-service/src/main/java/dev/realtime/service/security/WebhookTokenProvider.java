package dev.realtime.service.security;

import dev.realtime.contracts.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Authenticates services by their webhook tokens; the principal is the service's name. */
final class WebhookTokenProvider implements AuthenticationProvider {

    private final WebhookServices services;

    WebhookTokenProvider(WebhookServices services) {
        this.services = services;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        PresentedToken presented = (PresentedToken) authentication;
        WebhookService service = services.find(presented.getCredentials());
        if (service != null) {
            return UsernamePasswordAuthenticationToken.authenticated(
                    service.name(), null, List.of(new SimpleGrantedAuthority(Authorities.WEBHOOK)));
        }
        if (presented.kind() == PresentedToken.Kind.BEARER) {
            // The token may be a person's.
            return null;
        }
        throw new TokenRefusedException(ErrorCode.TOKEN_INVALID, "The token is not valid.");
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return PresentedToken.class.isAssignableFrom(authentication);
    }
}
