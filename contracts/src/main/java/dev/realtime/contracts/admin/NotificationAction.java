package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to send a notification.
 *
 * @param to the receivers
 * @param notification the payload, with at least {@code message}; also {@code type}, {@code severity}, {@code data}
 * @param reason the reason for the audit; optional
 */
public record NotificationAction(
        @Nullable Audience to,
        @JsonProperty("notification") @Nullable Map<String, Object> notification,
        @Nullable String reason) {}
