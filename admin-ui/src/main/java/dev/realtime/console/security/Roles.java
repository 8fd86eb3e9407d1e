package dev.realtime.console.security;

import dev.realtime.contracts.admin.AdminRole;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Role names for {@code @RolesAllowed}, and roles as Spring Security authorities. */
public final class Roles {

    /** {@link AdminRole#VIEWER}, which all users have. */
    public static final String VIEWER = "viewer";

    /** {@link AdminRole#OPERATOR_ADMIN}, which administrators have too. */
    public static final String OPERATOR_ADMIN = "operator-admin";

    /** {@link AdminRole#ADMIN}. */
    public static final String ADMIN = "admin";

    private static final String PREFIX = "ROLE_";

    private Roles() {}

    /** The authorities of the role and of those it includes. */
    static List<GrantedAuthority> authorities(AdminRole role) {
        return Arrays.stream(AdminRole.values())
                .filter(each -> each.compareTo(role) <= 0)
                .<GrantedAuthority>map(each -> new SimpleGrantedAuthority(PREFIX + each.claim()))
                .toList();
    }

    /** The highest role among the authorities; other authorities are ignored. */
    static Optional<AdminRole> highest(Collection<? extends GrantedAuthority> authorities) {
        return authorities.stream()
                .map(GrantedAuthority::getAuthority)
                .filter(authority -> authority != null && authority.startsWith(PREFIX))
                .flatMap(
                        authority -> AdminRole.ofClaim(String.valueOf(authority).substring(PREFIX.length())).stream())
                .max(Comparator.naturalOrder());
    }
}
