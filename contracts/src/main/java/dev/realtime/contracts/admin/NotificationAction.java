package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to send a notification: at once, or with {@code hold} or {@code at} later.
 *
 * @param to the receivers
 * @param notification the payload, with at least {@code message}; also {@code type}, {@code severity}, {@code data}
 * @param reason the reason for the audit; optional
 * @param confirm asks for confirmation; absent for none
 * @param hold for how many seconds it is held and can be cancelled, 1 to {@value #LONGEST_HOLD}; absent for none
 * @param at when to send it, at most {@value #MOST_DAYS} days ahead; absent for now, and never together with
 *     {@code hold}
 * @param until how long it is valid, at most {@value #MOST_DAYS} days after it is sent; absent for good
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NotificationAction(
        @Nullable Audience to,
        @JsonProperty("notification") @Nullable Map<String, Object> notification,
        @Nullable String reason,
        @Nullable ConfirmationRequest confirm,
        @Nullable Integer hold,
        @Nullable Instant at,
        @Nullable Instant until) {

    public static final int LONGEST_HOLD = 60;

    public static final int MOST_DAYS = 30;

    /** A notification that is sent at once and valid for good. */
    public NotificationAction(
            @Nullable Audience to,
            @Nullable Map<String, Object> notification,
            @Nullable String reason,
            @Nullable ConfirmationRequest confirm) {
        this(to, notification, reason, confirm, null, null, null);
    }

    /** The same, that nobody has to confirm. */
    public NotificationAction(
            @Nullable Audience to, @Nullable Map<String, Object> notification, @Nullable String reason) {
        this(to, notification, reason, null);
    }
}
