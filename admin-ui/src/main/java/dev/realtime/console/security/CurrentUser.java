package dev.realtime.console.security;

import java.util.Optional;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The logged-in user, whether by password or OIDC provider. Available within requests and wherever a Vaadin session is
 * locked, as in {@code UI.access}; other threads must be given the user by the code that starts them.
 */
public final class CurrentUser {

    private CurrentUser() {}

    /** @throws AuthenticationCredentialsNotFoundException if nobody is logged in */
    public static ConsoleUser get() {
        return find().orElseThrow(() -> new AuthenticationCredentialsNotFoundException("Nobody is logged in."));
    }

    /** The user; empty if nobody is logged in. */
    public static Optional<ConsoleUser> find() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !authentication.isAuthenticated()) {
            return Optional.empty();
        }
        return Roles.highest(authentication.getAuthorities())
                .map(role -> new ConsoleUser(authentication.getName(), role));
    }
}
