package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification that an administrator sends, from the request to its end.
 *
 * @param sending its id, which clients have as {@code notificationId}
 * @param by the administrator who sent it
 * @param notification the payload; phone numbers are masked
 * @param to the receivers, as requested
 * @param rooms the rooms it goes to, as resolved at the request
 * @param confirm what is asked for; absent if nobody has to confirm it
 * @param createdAt the time of the request
 * @param at when it goes, or was to go
 * @param until how long it is valid; absent if for good
 * @param event the event's id; absent while there is none
 * @param sentAt when Redis took the event; absent while it has not
 * @param endedAt when it was cancelled or recalled, expired or failed; absent otherwise
 * @param endedBy the administrator who cancelled or recalled it; absent otherwise
 * @param failure the code for which it could not be sent; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sending(
        String sending,
        SendingState state,
        String by,
        Object notification,
        Audience to,
        List<String> rooms,
        @Nullable ConfirmationRequest confirm,
        Instant createdAt,
        Instant at,
        @Nullable Instant until,
        @Nullable String event,
        @Nullable Instant sentAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String failure) {}
