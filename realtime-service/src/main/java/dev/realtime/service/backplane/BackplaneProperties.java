package dev.realtime.service.backplane;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events get into the stream.
 *
 * @param retryFor how long a publisher retries. A caller waits this long, plus the time-out of the last attempt (the
 *     binding's {@code send-timeout}), to learn that Redis is unavailable
 * @param idempotence how long a caller's idempotence key is remembered; 1m to 24h
 */
@Validated
@ConfigurationProperties("realtime.backplane")
public record BackplaneProperties(
        @NotNull @DefaultValue("1s") Duration retryFor,
        @NotNull @DefaultValue("10m") Duration idempotence) {

    /** Covers the time-out of the last attempt, the pauses, and a Redis that is slow to answer. */
    private static final Duration SLACK = Duration.ofSeconds(9);

    public BackplaneProperties {
        if (idempotence.compareTo(Duration.ofMinutes(1)) < 0 || idempotence.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "realtime.backplane.idempotence must be from 1m to 24h, but is " + idempotence + ".");
        }
    }

    /** How long a key is remembered that only the service's own retries use. */
    Duration ownIdempotence() {
        return retryFor.plus(SLACK);
    }
}
