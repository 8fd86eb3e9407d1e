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
 * How tokens are verified. The locations of public keys are in {@code realtime.identity.keys}.
 *
 * @param jwtSecret the HS256 secret, {@code JWT_SECRET}; at least 32 bytes in UTF-8
 * @param clockSkew by how much the issuer's clock may differ from ours; at most 5 minutes
 * @param algorithms the algorithms that tokens may be signed with; empty means HS256 and every algorithm with a key
 * @param issuer the required {@code iss} (RFC 7519, section 4.1.1); null accepts any issuer, or none
 * @param audiences one of which {@code aud} must name (RFC 7519, section 4.1.3); empty accepts any or none except
 *     {@value #ADMIN_API}, whose tokens are never valid here
 */
@Validated
@ConfigurationProperties("realtime.identity")
public record IdentityProperties(
        @NotEmpty String jwtSecret,
        @NotNull @DefaultValue("0s") Duration clockSkew,
        @DefaultValue List<TokenAlgorithm> algorithms,
        @Nullable String issuer,
        @DefaultValue List<String> audiences) {

    /** The admin API's audience: its tokens must not be accepted anywhere else. */
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
                    + ": tokens with this audience are valid for the admin API only.");
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
