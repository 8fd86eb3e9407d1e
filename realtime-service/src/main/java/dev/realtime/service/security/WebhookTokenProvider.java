package dev.realtime.service.security;

import dev.realtime.contracts.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Knows the webhook token. Compares digests, so that neither content nor length shows in the time it takes. */
final class WebhookTokenProvider implements AuthenticationProvider {

    private static final String PRINCIPAL = "service";

    private final byte[] expected;

    WebhookTokenProvider(WebhookProperties properties) {
        this.expected = digest(properties.token());
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        PresentedToken presented = (PresentedToken) authentication;
        if (MessageDigest.isEqual(expected, digest(presented.getCredentials()))) {
            return UsernamePasswordAuthenticationToken.authenticated(
                    PRINCIPAL, null, List.of(new SimpleGrantedAuthority(Authorities.WEBHOOK)));
        }
        if (presented.kind() == PresentedToken.Kind.BEARER) {
            // It may be a person's.
            return null;
        }
        throw new TokenRefusedException(ErrorCode.TOKEN_INVALID, "The token is not valid.");
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return PresentedToken.class.isAssignableFrom(authentication);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
