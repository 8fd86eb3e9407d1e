package dev.realtime.service.deliveries;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the service remembers to how many sockets an event was written.
 *
 * @param retention how long; 1m to 7d. An event takes about 60 bytes in Redis, plus 12 for each instance
 * @param mostPerMinute how many events of a minute are remembered; 100 to 1,000,000. Limits the memory taken in Redis
 */
@Validated
@ConfigurationProperties("realtime.deliveries")
public record DeliveryProperties(
        @NotNull @DefaultValue("1h") Duration retention,
        @DefaultValue("12000") int mostPerMinute) {

    public DeliveryProperties {
        if (retention.compareTo(Duration.ofMinutes(1)) < 0 || retention.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(
                    "realtime.deliveries.retention must be from 1m to 7d, but is " + retention + ".");
        }
        if (mostPerMinute < 100 || mostPerMinute > 1_000_000) {
            throw new IllegalArgumentException(
                    "realtime.deliveries.most-per-minute must be from 100 to 1000000, but is " + mostPerMinute + ".");
        }
    }
}
