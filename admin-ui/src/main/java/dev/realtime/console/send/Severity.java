package dev.realtime.console.send;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The severities that the service accepts. */
enum Severity {
    INFO("info"),
    WARNING("warning"),
    ERROR("error"),
    SUCCESS("success");

    private final String code;

    Severity(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    /** The severity of a notification; information if it is missing or unknown. */
    static Severity of(@Nullable Object text) {
        return Arrays.stream(values())
                .filter(severity -> severity.code.equals(text))
                .findFirst()
                .orElse(INFO);
    }
}
