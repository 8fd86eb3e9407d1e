package dev.realtime.console.parts;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The severities that the service accepts. */
public enum Severity {
    INFO("info"),
    WARNING("warning"),
    ERROR("error"),
    SUCCESS("success");

    private final String code;

    Severity(String code) {
        this.code = code;
    }

    /** The severity as in notifications, and in CSS classes. */
    public String code() {
        return code;
    }

    /** The severity of a notification; information if it is missing or unknown. */
    public static Severity of(@Nullable Object text) {
        return Arrays.stream(values())
                .filter(severity -> severity.code.equals(text))
                .findFirst()
                .orElse(INFO);
    }
}
