package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification to be sent.
 *
 * @param to to whom
 * @param notification the payload, with at least {@code message}; also {@code type}, {@code severity}, {@code data}
 * @param reason why, for the audit; may be missing
 */
public record NotificationAction(
        @Nullable Audience to,
        @JsonProperty("notification") @Nullable Map<String, Object> notification,
        @Nullable String reason) {}
