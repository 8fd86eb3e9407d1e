package dev.realtime.service.backplane;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events get into the stream.
 *
 * @param publishTimeout how long a publisher tries before it says that Redis is away
 * @param idempotence how long an idempotence key is remembered
 */
@Validated
@ConfigurationProperties("realtime.backplane")
public record BackplaneProperties(
        @NotNull @DefaultValue("1800ms") Duration publishTimeout,
        @NotNull @DefaultValue("10m") Duration idempotence) {}
