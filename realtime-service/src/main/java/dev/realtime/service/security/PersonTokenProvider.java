package dev.realtime.service.security;

import dev.realtime.service.identity.Identity;
import dev.realtime.service.identity.TokenException;
import dev.realtime.service.identity.TokenVerifier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Authenticates people by their signed tokens; the principal is their {@link Identity}. */
final class PersonTokenProvider implements AuthenticationProvider {

    private final TokenVerifier verifier;

    PersonTokenProvider(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        PresentedToken presented = (PresentedToken) authentication;
        if (presented.kind() != PresentedToken.Kind.BEARER) {
            return null;
        }
        try {
            Identity identity = verifier.verify(presented.getCredentials());
            return UsernamePasswordAuthenticationToken.authenticated(
                    identity, null, Authorities.ofRole(identity.role()));
        } catch (TokenException e) {
            throw new TokenRefusedException(e.code(), e.getMessage());
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return PresentedToken.class.isAssignableFrom(authentication);
    }
}
