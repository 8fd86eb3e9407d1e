package dev.realtime.service.journal;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long and how much the service remembers of where users' sockets were.
 *
 * @param retention how long after a connection has ended; 1m to 7d. A connection takes about 600 bytes in Redis
 * @param mostBytes how many bytes one instance keeps in Redis; 1MB to 1GB. Beyond it, the oldest connections that have
 *     ended are forgotten early
 */
@Validated
@ConfigurationProperties("realtime.why")
public record JournalProperties(
        @NotNull @DefaultValue("12h") Duration retention,
        @NotNull @DefaultValue("32MB") DataSize mostBytes) {

    public JournalProperties {
        if (retention.compareTo(Duration.ofMinutes(1)) < 0 || retention.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(
                    "realtime.why.retention must be from 1m to 7d, but is " + retention + ".");
        }
        if (mostBytes.toMegabytes() < 1 || mostBytes.toGigabytes() > 1) {
            throw new IllegalArgumentException(
                    "realtime.why.most-bytes must be from 1MB to 1GB, but is " + mostBytes + ".");
        }
    }
}
