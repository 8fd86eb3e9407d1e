package dev.realtime.service.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verified person or program.
 *
 * @param userId the token's user id in its JSON type: a {@link String} or an integral {@link Number} of any size
 * @param role the token's role as it stands there, known to us or not
 * @param name the person's name
 * @param login the person's login
 * @param cities the cities the token names; empty when it names none
 * @param expiresAt when the token's time is over; null for a token without an end
 */
public record Identity(
        Object userId,
        @Nullable String role,
        @Nullable String name,
        @Nullable String login,
        List<String> cities,
        @Nullable Instant expiresAt) {

    public Identity {
        cities = List.copyOf(cities);
    }

    /** The user id as it stands in room names: {@code 17} for the number 17 and for the string "17" alike. */
    public String userKey() {
        return userId.toString();
    }

    public boolean hasRole(String wanted) {
        return wanted.equals(role);
    }

    /** Without name and login: identities end up in logs. */
    @Override
    public String toString() {
        return "Identity[userId=" + userId + ", role=" + role + "]";
    }
}
