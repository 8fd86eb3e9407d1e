package dev.realtime.service.identity;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tokens are verified.
 *
 * @param jwtSecret the HS256 secret, {@code JWT_SECRET}; at least 32 bytes in UTF-8
 * @param clockSkew by how much the issuer's clock may differ from ours
 */
@Validated
@ConfigurationProperties("realtime.identity")
public record IdentityProperties(
        @NotEmpty String jwtSecret,
        @NotNull @DefaultValue("0s") Duration clockSkew) {

    @Override
    public String toString() {
        return "IdentityProperties[clockSkew=" + clockSkew + "]";
    }
}
