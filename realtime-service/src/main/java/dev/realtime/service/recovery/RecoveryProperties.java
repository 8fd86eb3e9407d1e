package dev.realtime.service.recovery;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How far back recovery reaches.
 *
 * @param window events younger than this are never trimmed, however many bytes they take; 10s to 1h
 */
@Validated
@ConfigurationProperties("realtime.recovery")
public record RecoveryProperties(
        @NotNull @DefaultValue("2m") Duration window) {

    private static final Duration LEAST = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofHours(1);

    public RecoveryProperties {
        if (window.compareTo(LEAST) < 0 || window.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "realtime.recovery.window must be from 10s to 1h, but is " + window + ".");
        }
    }
}
