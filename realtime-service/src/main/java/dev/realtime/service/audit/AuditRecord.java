package dev.realtime.service.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of the destination {@code audit}: an action about to be performed or, with {@code of}, the outcome of one.
 *
 * @param of the id of the record whose outcome this is; null for an action
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record AuditRecord(
        @Nullable String of,
        @Nullable String actor,
        @Nullable String role,
        @Nullable String address,
        @Nullable String action,
        @Nullable String target,
        @Nullable String reason,
        @Nullable Map<String, Object> details,
        @Nullable String outcome,
        @Nullable Map<String, Object> result) {

    static AuditRecord begun(AuditLog.Action action) {
        return new AuditRecord(
                null,
                action.actor(),
                action.role(),
                action.address(),
                action.action(),
                action.target(),
                action.reason(),
                action.details(),
                null,
                null);
    }

    static AuditRecord ended(String of, String outcome, Map<String, Object> result) {
        return new AuditRecord(of, null, null, null, null, null, null, null, outcome, result);
    }
}
