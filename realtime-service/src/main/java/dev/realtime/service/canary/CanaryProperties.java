package dev.realtime.service.canary;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How an instance notices that it no longer receives events.
 *
 * @param interval how often a canary is sent; 100ms to 1m. A canary takes about 100 bytes in the stream
 * @param lostAfter how long a canary may take to come back; at least twice the interval, at most 5m
 */
@Validated
@ConfigurationProperties("realtime.canary")
public record CanaryProperties(
        @NotNull @DefaultValue("3s") Duration interval,
        @NotNull @DefaultValue("10s") Duration lostAfter) {

    public CanaryProperties {
        if (interval.compareTo(Duration.ofMillis(100)) < 0 || interval.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "realtime.canary.interval must be from 100ms to 1m, but is " + interval + ".");
        }
        if (lostAfter.compareTo(interval.multipliedBy(2)) < 0 || lostAfter.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "realtime.canary.lost-after must be from twice realtime.canary.interval to 5m, but is " + lostAfter
                            + ".");
        }
    }
}
