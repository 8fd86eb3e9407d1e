package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done by the admin API.
 *
 * @param id its id; entries are in the order of their ids
 * @param at when it was begun
 * @param actor who did it
 * @param role as what
 * @param address from where
 * @param action what: {@code close-socket}, {@code close-user}, {@code join-room}, {@code leave-room}, {@code block},
 *     {@code unblock}, {@code notify}, {@code reveal-event}
 * @param target whom or what it was done to
 * @param reason why
 * @param details what else there is to say of it
 * @param outcome what came of it: {@code done}, or the code of the refusal; absent while that is not known
 * @param result what was done, where it is known
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
