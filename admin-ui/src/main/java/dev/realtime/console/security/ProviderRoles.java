package dev.realtime.console.security;

import dev.realtime.contracts.admin.AdminRole;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the role of an OIDC user in the claims. */
final class ProviderRoles {

    /** The error code if none of the user's roles has a meaning here. */
    static final String NO_ROLE = "no_role";

    private final String claim;
    private final Map<String, String> roles;

    ProviderRoles(ConsoleProperties.Oidc oidc) {
        this.claim = oidc.roleClaim();
        this.roles = Map.copyOf(oidc.roles());
    }

    /** The highest of the console's roles in the claims. */
    Optional<AdminRole> highest(Map<String, Object> claims) {
        return texts(value(claims, claim))
                .flatMap(value -> Stream.ofNullable(roles.get(value)))
                .flatMap(role -> AdminRole.ofClaim(role).stream())
                .max(Comparator.naturalOrder());
    }

    /** The claim with exactly this name, or else the member that the dots select. */
    private static @Nullable Object value(Map<?, ?> claims, String path) {
        Object value = claims.get(path);
        int dot = path.indexOf('.');
        if (value != null || dot < 0) {
            return value;
        }
        return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? value(inner, path.substring(dot + 1))
                : null;
    }

    private static Stream<String> texts(@Nullable Object value) {
        Collection<?> values =
                value instanceof Collection<?> several ? several : value == null ? List.of() : List.of(value);
        return values.stream().filter(String.class::isInstance).map(String.class::cast);
    }
}
