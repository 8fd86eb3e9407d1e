package dev.realtime.service.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A token as a caller presented it, not verified yet. */
final class PresentedToken extends AbstractAuthenticationToken {

    /** What the token may turn out to be. */
    enum Kind {
        /** The webhook token or nothing. */
        WEBHOOK,
        /** The webhook token or a person's. */
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

    /** Without the token. */
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
