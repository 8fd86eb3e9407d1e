package dev.realtime.service.recovery;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Whether reconnecting clients recover their sessions, and how far back.
 *
 * @param enabled whether sessions can be recovered; if false, events carry no position
 * @param window how long after its connection a session can be recovered; younger events are never trimmed, however
 *     many bytes they take; 10s to 1h
 * @param ringBytes how many bytes of the latest events each instance keeps in memory for replays; 1MB to 1GB. Older
 *     events are read from Redis
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

    /** How long events are kept for replays: a session's last offset may be older than the end of its connection. */
    Duration kept() {
        return window.plus(window.dividedBy(4));
    }
}
