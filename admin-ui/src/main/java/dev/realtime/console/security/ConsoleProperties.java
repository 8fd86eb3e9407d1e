package dev.realtime.console.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may log in, and from where the console is reached. What is wrong with it is refused at the start, by package
 * {@code launch}.
 *
 * @param users those with a password
 * @param adminPasswordHash the bcrypt hash of the password of the user {@code admin}, who is an administrator; null for
 *     no such user
 * @param oidc what the users of an OIDC provider may do
 * @param metricsToken the token with which metrics are read without a login; null for none
 * @param trustedProxies addresses and CIDRs whose {@code X-Forwarded-*} are believed
 */
@ConfigurationProperties("console")
public record ConsoleProperties(
        @DefaultValue List<User> users,
        @Nullable String adminPasswordHash,
        @DefaultValue Oidc oidc,
        @Nullable String metricsToken,
        @DefaultValue List<String> trustedProxies) {

    /** The user of the short form. */
    public static final String ADMIN = "admin";

    public ConsoleProperties {
        metricsToken = metricsToken == null || metricsToken.isBlank() ? null : metricsToken;
        adminPasswordHash = adminPasswordHash == null || adminPasswordHash.isBlank() ? null : adminPasswordHash;
    }

    /**
     * A user with a password.
     *
     * @param name as it is written to log in, and as the audit has it
     * @param passwordHash bcrypt
     * @param role {@code viewer}, {@code operator-admin} or {@code admin}
     */
    public record User(
            @Nullable String name,
            @Nullable String passwordHash,
            @Nullable String role) {

        /** Without the hash. */
        @Override
        public String toString() {
            return "User[name=" + name + ", role=" + role + "]";
        }
    }

    /**
     * The roles of an OIDC provider's users.
     *
     * @param roleClaim the claim that has them, a text or a list; dots lead into objects, as in
     *     {@code realm_access.roles}
     * @param roles which of the claim's values is which of our roles
     */
    public record Oidc(
            @DefaultValue("roles") String roleClaim,
            @DefaultValue Map<String, String> roles) {}

    /** The users of the list and the one of the short form. */
    public List<User> allUsers() {
        if (adminPasswordHash == null) {
            return users;
        }
        var all = new ArrayList<>(users);
        all.add(new User(ADMIN, adminPasswordHash, "admin"));
        return List.copyOf(all);
    }

    /** Without hashes and the token. */
    @Override
    public String toString() {
        return "ConsoleProperties[users=" + allUsers() + "]";
    }
}
