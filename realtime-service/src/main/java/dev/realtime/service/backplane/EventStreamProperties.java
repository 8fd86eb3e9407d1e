package dev.realtime.service.backplane;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much of Redis' memory the events may take; the oldest are trimmed first. The binding {@code events-out} reads
 * these properties.
 *
 * @param maxBytes bytes, 1 MB or more
 * @param maxMemoryShare the limit as a share of Redis' {@code maxmemory}, where Redis has one; 0.01 to 0.9. The smaller
 *     limit applies.
 */
@Validated
@ConfigurationProperties("realtime.events")
public record EventStreamProperties(
        @NotNull @DefaultValue("512MB") DataSize maxBytes,
        @DefaultValue("0.5") double maxMemoryShare) {

    public EventStreamProperties {
        if (maxBytes.compareTo(DataSize.ofMegabytes(1)) < 0) {
            throw new IllegalArgumentException(
                    "realtime.events.max-bytes must be 1MB or more, but is " + maxBytes + ".");
        }
        if (!(maxMemoryShare >= 0.01 && maxMemoryShare <= 0.9)) {
            throw new IllegalArgumentException(
                    "realtime.events.max-memory-share must be from 0.01 to 0.9, but is " + maxMemoryShare + ".");
        }
    }
}
