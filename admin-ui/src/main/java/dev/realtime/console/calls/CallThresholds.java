package dev.realtime.console.calls;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * After what times a waiting call changes its colour: {@code CONSOLE_CALLS_WARN_AFTER} and
 * {@code CONSOLE_CALLS_ALARM_AFTER}.
 *
 * @param warnAfter since the first event of the call, at least 1 s; the wallboard's sound comes then too
 * @param alarmAfter longer than {@code warnAfter}
 */
@ConfigurationProperties("console.calls")
public record CallThresholds(
        @DefaultValue("20s") Duration warnAfter,
        @DefaultValue("60s") Duration alarmAfter) {

    public CallThresholds {
        if (warnAfter.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "console.calls.warn-after must be at least 1s, but is " + warnAfter + ".");
        }
        if (alarmAfter.compareTo(warnAfter) <= 0) {
            throw new IllegalArgumentException(
                    "console.calls.alarm-after must be longer than console.calls.warn-after, but is " + alarmAfter
                            + ".");
        }
    }
}
