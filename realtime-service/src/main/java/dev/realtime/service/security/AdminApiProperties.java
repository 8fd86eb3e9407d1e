package dev.realtime.service.security;

import dev.realtime.contracts.admin.AdminRole;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The admin API.
 *
 * @param secret what its callers' tokens are signed with (HS256), {@code ADMIN_API_SECRET}; without one the admin API is
 *     not there
 */
@ConfigurationProperties("realtime.admin")
public record AdminApiProperties(@Nullable String secret) {

    /** What {@code aud} of such a token names. */
    public static final String AUDIENCE = "admin-api";

    /** For how long such a token may be good: it is made for a request or a few, and there is no taking it back. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    /** The authority of {@link AdminRole#VIEWER}, which all of the admin API's callers have. */
    static final String VIEWER = authority(AdminRole.VIEWER);

    /** The authority of a role; none but a token of the admin API has one. */
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
