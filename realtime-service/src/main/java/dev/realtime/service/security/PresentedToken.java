package dev.realtime.service.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A token as presented by a caller, not yet verified. */
final class PresentedToken extends AbstractAuthenticationToken {

    /** What the token may be. */
    enum Kind {
        /** A webhook token or nothing. */
        WEBHOOK,
        /** A webhook token or a person's token. */
        BEARER
    }

    private final Kind kind;
    private final transient String token;

    PresentedToken(Kind kind, String token) {
        super(List.of());
        this.kind = kind;
        this.token = token;
    }

    Kind kind() {
        return kind;
    }

    @Override
    public String getCredentials() {
        return token;
    }

    @Override
    public @Nullable Object getPrincipal() {
        return null;
    }

    /** Omits the token. */
    @Override
    public String toString() {
        return "PresentedToken[" + kind + "]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
