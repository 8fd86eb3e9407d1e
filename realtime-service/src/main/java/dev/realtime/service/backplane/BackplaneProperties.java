package dev.realtime.service.backplane;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events get into the stream.
 *
 * @param retryFor for how long a publisher tries again; with the time-out of the last try, which is the binding's {@code
 *     send-timeout}, on top it is how long a caller waits to hear that Redis is away
 * @param idempotence how long an idempotence key is remembered
 */
@Validated
@ConfigurationProperties("realtime.backplane")
public record BackplaneProperties(
        @NotNull @DefaultValue("1s") Duration retryFor,
        @NotNull @DefaultValue("10m") Duration idempotence) {}
