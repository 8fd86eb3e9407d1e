package dev.realtime.service.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verified person or program.
 *
 * @param userId the token's user id in its JSON type: a {@link String} or an integral {@link Number} of any size
 * @param role the role as the token has it, known to the service or not
 * @param name the person's name
 * @param login the person's login
 * @param cities the cities the token names; empty when it names none
 * @param expiresAt when the token expires; null for a token without an end
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

    /** The user id as it appears in room names: {@code 17} for both the number 17 and the string "17". */
    public String userKey() {
        return userId.toString();
    }

    public boolean hasRole(String wanted) {
        return wanted.equals(role);
    }

    /** Omits name and login, since identities end up in logs. */
    @Override
    public String toString() {
        return "Identity[userId=" + userId + ", role=" + role + "]";
    }
}
