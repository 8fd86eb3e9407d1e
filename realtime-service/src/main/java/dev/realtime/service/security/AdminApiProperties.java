package dev.realtime.service.security;

import dev.realtime.contracts.admin.AdminRole;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The admin API.
 *
 * @param secret the key that signs callers' tokens (HS256), {@code ADMIN_API_SECRET}; without it there is no admin API
 */
@ConfigurationProperties("realtime.admin")
public record AdminApiProperties(@Nullable String secret) {

    /** The required {@code aud} claim of a token. */
    public static final String AUDIENCE = "admin-api";

    /** Maximum lifetime of a token: it is made for a few requests and cannot be revoked. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    /** The authority of {@link AdminRole#VIEWER}, which all callers of the admin API have. */
    static final String VIEWER = authority(AdminRole.VIEWER);

    /** The authority of a role; only tokens of the admin API grant it. */
    static String authority(AdminRole role) {
        return "admin-api:" + role.claim();
    }

    public AdminApiProperties {
        secret = secret == null || secret.isBlank() ? null : secret;
    }

    @Override
    public String toString() {
        return "AdminApiProperties[configured=" + (secret != null) + "]";
    }
}
