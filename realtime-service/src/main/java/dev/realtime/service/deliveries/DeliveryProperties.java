package dev.realtime.service.deliveries;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long it is known to how many sockets an event was written.
 *
 * @param retention for how long; 1m to 7d. An event takes about 50 bytes in Redis for each instance
 */
@Validated
@ConfigurationProperties("realtime.deliveries")
public record DeliveryProperties(
        @NotNull @DefaultValue("1h") Duration retention) {

    public DeliveryProperties {
        if (retention.compareTo(Duration.ofMinutes(1)) < 0 || retention.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(
                    "realtime.deliveries.retention must be from 1m to 7d, but is " + retention + ".");
        }
    }
}
