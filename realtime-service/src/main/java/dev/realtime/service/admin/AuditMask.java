package dev.realtime.service.admin;

import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.service.security.AdminCaller;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Masks phone numbers in audit entries (reasons, targets and notification texts) for readers who may not see them. */
@Component
final class AuditMask {

    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private final JsonMapper json;

    AuditMask(JsonMapper json) {
        this.json = json;
    }

    /** Whether the current caller may not see phone numbers. */
    static boolean isForCaller() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null
                || !(authentication.getPrincipal() instanceof AdminCaller caller)
                || caller.role().compareTo(AdminRole.OPERATOR_ADMIN) < 0;
    }

    /** The masked target. A target of digits alone is a user's id and stays as it is. */
    static String target(AuditEntry entry) {
        return PhoneNumbers.isBare(entry.target()) ? entry.target() : PhoneNumbers.hide(entry.target());
    }

    static @Nullable String reason(AuditEntry entry) {
        String reason = entry.reason();
        return reason == null ? null : PhoneNumbers.hide(reason);
    }

    AuditEntry mask(AuditEntry entry) {
        return new AuditEntry(
                entry.id(),
                entry.at(),
                entry.actor(),
                entry.role(),
                entry.address(),
                entry.action(),
                target(entry),
                reason(entry),
                members(entry.details()),
                entry.outcome(),
                entry.result() == null ? null : members(entry.result()));
    }

    private Map<String, Object> members(@Nullable Map<String, Object> members) {
        return members == null || members.isEmpty()
                ? Map.of()
                : json.readValue(PhoneMask.mask(json.writeValueAsBytes(members)), MEMBERS);
    }
}
