package dev.realtime.service.security;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a caller may do. Roles have a prefix, so that no token can claim to be a service. */
public final class Authorities {

    /** A service with a valid webhook token. */
    public static final String WEBHOOK = "webhook";

    private static final String ROLE_PREFIX = "role:";

    /** A person whose token has the role admin. */
    public static final String ADMIN = ROLE_PREFIX + "admin";

    /** A person whose token has the role director. */
    public static final String DIRECTOR = ROLE_PREFIX + "director";

    private static final Set<String> SEE_WHO_IS_THERE = Set.of(WEBHOOK, ADMIN, DIRECTOR, AdminApiProperties.VIEWER);

    private Authorities() {}

    /** Whether a caller may see who is connected, not only how many. */
    public static boolean maySeeWhoIsThere(@Nullable Authentication caller) {
        return caller != null
                && caller.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .anyMatch(authority -> authority != null && SEE_WHO_IS_THERE.contains(authority));
    }

    static List<GrantedAuthority> ofRole(@Nullable String role) {
        return role == null ? List.of() : List.of(new SimpleGrantedAuthority(ROLE_PREFIX + role));
    }
}
