package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification was accepted.
 *
 * @param id the event's id, under which {@link EventView#written()} can be read later; absent while the notification is
 *     held or planned
 * @param auditId the id of the audit entry
 * @param audience the receivers with a socket at the time of acceptance
 * @param sending the id of the {@link Sending}
 * @param state the sending's state
 * @param at when it goes; absent if it went at once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NotificationSent(
        @Nullable String id,
        String auditId,
        AudiencePreview audience,
        String sending,
        SendingState state,
        @Nullable Instant at) {}
