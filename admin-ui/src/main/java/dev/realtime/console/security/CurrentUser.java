package dev.realtime.console.security;

import java.util.Optional;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who is logged in, by password or by an OIDC provider. It knows so in a request, and wherever a Vaadin session is locked,
 * as within {@code UI.access}; a thread of one's own must be told the user by whoever starts it.
 */
public final class CurrentUser {

    private CurrentUser() {}

    /** @throws AuthenticationCredentialsNotFoundException when nobody is logged in */
    public static ConsoleUser get() {
        return find().orElseThrow(() -> new AuthenticationCredentialsNotFoundException("Nobody is logged in."));
    }

    /** The user; empty when nobody is logged in. */
    public static Optional<ConsoleUser> find() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !authentication.isAuthenticated()) {
            return Optional.empty();
        }
        return Roles.highest(authentication.getAuthorities())
                .map(role -> new ConsoleUser(authentication.getName(), role));
    }
}
