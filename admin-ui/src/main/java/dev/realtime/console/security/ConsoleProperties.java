package dev.realtime.console.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may log in, and how the console is reached. The package {@code launch} refuses invalid values at the start.
 *
 * @param users the users with a password
 * @param adminPasswordHash the bcrypt hash of the password of the administrator {@code admin}; null if there is no such
 *     user
 * @param oidc the roles of the users of OIDC providers
 * @param metricsToken the token for reading metrics without a login; null for none
 * @param trustedProxies addresses and CIDRs whose {@code X-Forwarded-*} headers are trusted
 */
@ConfigurationProperties("console")
public record ConsoleProperties(
        @DefaultValue List<User> users,
        @Nullable String adminPasswordHash,
        @DefaultValue Oidc oidc,
        @Nullable String metricsToken,
        @DefaultValue List<String> trustedProxies) {

    /** The user of the short form with a single password hash. */
    public static final String ADMIN = "admin";

    public ConsoleProperties {
        metricsToken = metricsToken == null || metricsToken.isBlank() ? null : metricsToken;
        adminPasswordHash = adminPasswordHash == null || adminPasswordHash.isBlank() ? null : adminPasswordHash;
    }

    /**
     * A user with a password.
     *
     * @param name the name for the login and the audit
     * @param passwordHash bcrypt
     * @param role {@code viewer}, {@code operator-admin} or {@code admin}
     */
    public record User(
            @Nullable String name,
            @Nullable String passwordHash,
            @Nullable String role) {

        /** Leaves out the hash. */
        @Override
        public String toString() {
            return "User[name=" + name + ", role=" + role + "]";
        }
    }

    /**
     * The roles of an OIDC provider's users.
     *
     * @param roleClaim the claim with the roles, a text or a list; dots select members of objects, as in
     *     {@code realm_access.roles}
     * @param roles maps the claim's values to the console's roles
     */
    public record Oidc(
            @DefaultValue("roles") String roleClaim,
            @DefaultValue Map<String, String> roles) {}

    /** The users of the list and the user of the short form. */
    public List<User> allUsers() {
        if (adminPasswordHash == null) {
            return users;
        }
        var all = new ArrayList<>(users);
        all.add(new User(ADMIN, adminPasswordHash, "admin"));
        return List.copyOf(all);
    }

    /** Leaves out hashes and the token. */
    @Override
    public String toString() {
        return "ConsoleProperties[users=" + allUsers() + "]";
    }
}
