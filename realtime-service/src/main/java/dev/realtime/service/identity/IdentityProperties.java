package dev.realtime.service.identity;

import dev.realtime.service.identity.keys.TokenAlgorithm;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tokens are verified. Where public keys are is in {@code realtime.identity.keys}.
 *
 * @param jwtSecret the HS256 secret, {@code JWT_SECRET}; at least 32 bytes in UTF-8
 * @param clockSkew by how much the issuer's clock may differ from ours; at most 5 minutes
 * @param algorithms what tokens may be signed with; empty means HS256 and whatever there are keys for
 * @param issuer what {@code iss} must be (RFC 7519, section 4.1.1); null takes any and none
 * @param audiences one of which {@code aud} must name (RFC 7519, section 4.1.3); empty takes any and none but
 *     {@value #ADMIN_API}, whose tokens are never good here
 */
@Validated
@ConfigurationProperties("realtime.identity")
public record IdentityProperties(
        @NotEmpty String jwtSecret,
        @NotNull @DefaultValue("0s") Duration clockSkew,
        @DefaultValue List<TokenAlgorithm> algorithms,
        @Nullable String issuer,
        @DefaultValue List<String> audiences) {

    /** The admin API's audience: what may be done there is not for whoever shows such a token elsewhere. */
    static final String ADMIN_API = "admin-api";

    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    public IdentityProperties {
        algorithms = algorithms.stream().distinct().toList();
        issuer = issuer == null || issuer.isBlank() ? null : issuer.strip();
        audiences = audiences.stream()
                .map(String::strip)
                .filter(audience -> !audience.isEmpty())
                .toList();
        if (audiences.contains(ADMIN_API)) {
            throw new IllegalArgumentException("realtime.identity.audiences must not name " + ADMIN_API
                    + ": tokens of the admin API are for the admin API only.");
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
            throw new IllegalArgumentException(
                    "realtime.identity.clock-skew must be from 0s to 5m, but is " + clockSkew + ".");
        }
    }

    @Override
    public String toString() {
        return "IdentityProperties[clockSkew=" + clockSkew + ", algorithms=" + algorithms + ", issuer=" + issuer
                + ", audiences=" + audiences + "]";
    }
}
