package dev.realtime.service.recovery;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Whether clients that come back go on where they were, and how far back that reaches.
 *
 * @param enabled whether they do; when false, no event carries its position
 * @param window for how long after its connection a session can be taken up again; events younger than this are never
 *     trimmed, however many bytes they take; 10s to 1h
 * @param ringBytes how many bytes of the latest events each instance keeps in memory to replay them from; 1MB to 1GB. What is
 *     older is read from Redis
 */
@Validated
@ConfigurationProperties("realtime.recovery")
public record RecoveryProperties(
        @DefaultValue("true") boolean enabled,
        @NotNull @DefaultValue("2m") Duration window,
        @NotNull @DefaultValue("32MB") DataSize ringBytes) {

    private static final Duration LEAST = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofHours(1);
    private static final DataSize LEAST_BYTES = DataSize.ofMegabytes(1);
    private static final DataSize MOST_BYTES = DataSize.ofGigabytes(1);

    public RecoveryProperties {
        if (window.compareTo(LEAST) < 0 || window.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "realtime.recovery.window must be from 10s to 1h, but is " + window + ".");
        }
        if (ringBytes.compareTo(LEAST_BYTES) < 0 || ringBytes.compareTo(MOST_BYTES) > 0) {
            throw new IllegalArgumentException(
                    "realtime.recovery.ring-bytes must be from 1MB to 1GB, but is " + ringBytes + ".");
        }
    }

    /** How old events become that are kept for replays: a session's last offset may be older than its connection's end. */
    Duration kept() {
        return window.plus(window.dividedBy(4));
    }
}
