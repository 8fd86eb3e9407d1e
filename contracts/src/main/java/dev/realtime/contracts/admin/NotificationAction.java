package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to send a notification.
 *
 * @param to the receivers
 * @param notification the payload, with at least {@code message}; also {@code type}, {@code severity}, {@code data}
 * @param reason the reason for the audit; optional
 * @param confirm asks for confirmation; absent for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NotificationAction(
        @Nullable Audience to,
        @JsonProperty("notification") @Nullable Map<String, Object> notification,
        @Nullable String reason,
        @Nullable ConfirmationRequest confirm) {

    /** A notification that nobody has to confirm. */
    public NotificationAction(
            @Nullable Audience to, @Nullable Map<String, Object> notification, @Nullable String reason) {
        this(to, notification, reason, null);
    }
}
