package dev.realtime.service.drain;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How an instance shuts down.
 *
 * @param time the time over which its sockets are asked to move to other instances; 0s, which asks all at once, to 10m.
 *     Whatever kills the process, such as Kubernetes' grace period, must allow half a minute more
 */
@Validated
@ConfigurationProperties("realtime.drain")
public record DrainProperties(@NotNull @DefaultValue("30s") Duration time) {

    private static final Duration MOST = Duration.ofMinutes(10);

    public DrainProperties {
        if (time.isNegative() || time.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("realtime.drain.time must be from 0s to 10m, but is " + time + ".");
        }
    }
}
