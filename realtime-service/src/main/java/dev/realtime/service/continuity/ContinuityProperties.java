package dev.realtime.service.continuity;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What happens after this instance missed events.
 *
 * @param closeWithin the time over which its sockets are closed; 0s to 5m
 * @param reportFor how long health reports the loss; 1s to 1d
 */
@Validated
@ConfigurationProperties("realtime.continuity")
public record ContinuityProperties(
        @NotNull @DefaultValue("10s") Duration closeWithin,
        @NotNull @DefaultValue("5m") Duration reportFor) {

    public ContinuityProperties {
        requireWithin("close-within", closeWithin, Duration.ZERO, Duration.ofMinutes(5));
        requireWithin("report-for", reportFor, Duration.ofSeconds(1), Duration.ofDays(1));
    }

    private static void requireWithin(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("realtime.continuity." + name + " must be from " + least + " to " + most
                    + ", but is " + value + ".");
        }
    }
}
