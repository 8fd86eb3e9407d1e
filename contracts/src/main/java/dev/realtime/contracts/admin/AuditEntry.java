package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One action performed through the admin API.
 *
 * @param id the entry's id; entries are ordered by id
 * @param at when the action began
 * @param actor the administrator who acted
 * @param role the administrator's role
 * @param address the administrator's address
 * @param action one of {@code close-socket}, {@code close-user}, {@code join-room}, {@code leave-room}, {@code block},
 *     {@code unblock}, {@code notify}, {@code cancel-notification}, {@code recall-notification}, {@code reveal-event}
 * @param target the user, socket or event acted on
 * @param reason the reason the administrator gave
 * @param details further facts, depending on the action
 * @param outcome {@code done}, or the code of the refusal; absent while unknown
 * @param result what the action changed, if known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        String id,
        Instant at,
        String actor,
        String role,
        String address,
        String action,
        String target,
        @Nullable String reason,
        Map<String, Object> details,
        @Nullable String outcome,
        @Nullable Map<String, Object> result) {}
