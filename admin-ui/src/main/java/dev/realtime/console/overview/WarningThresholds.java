package dev.realtime.console.overview;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From when on the overview warns: {@code CONSOLE_WARNINGS_LAG}, {@code CONSOLE_WARNINGS_LATENCY} and
 * {@code CONSOLE_WARNINGS_HEAP}.
 *
 * @param lag events that an instance is behind
 * @param latency the 99th percentile of an instance's delivery
 * @param heap the used part of an instance's heap, up to 1
 */
@ConfigurationProperties("console.warnings")
public record WarningThresholds(
        @DefaultValue("100") long lag,
        @DefaultValue("500ms") Duration latency,
        @DefaultValue("0.92") double heap) {

    public WarningThresholds {
        if (lag < 1 || latency.toMillis() < 1 || !(heap > 0 && heap <= 1)) {
            throw new IllegalArgumentException(
                    "console.warnings: lag and latency must be positive, and heap must be above"
                            + " 0 and at most 1, but they are " + lag + ", " + latency + " and " + heap + ".");
        }
    }
}
