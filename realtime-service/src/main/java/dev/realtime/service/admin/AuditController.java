package dev.realtime.service.admin;

import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.Slice;
import dev.realtime.service.audit.AuditTrail;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what. */
@RestController
class AuditController {

    private static final int USUAL = 50;
    private static final int MOST = 500;

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Entries before a place, the newest first.
     *
     * @param actor who must have done it
     * @param action what must have been done: any of these, repeated or with commas between them
     * @param text what stands somewhere in target or reason
     */
    @GetMapping("/api/v1/admin/audit")
    Slice<AuditEntry> audit(
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable Set<String> action,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable Integer count) {
        int most = Inputs.count(count, USUAL, MOST);
        String place = Inputs.place("before", before);
        Predicate<AuditEntry> wanted = entry -> isOrEmpty(actor, entry.actor())
                && (action == null || action.isEmpty() || action.contains(entry.action()))
                && (contains(entry.target(), text) || contains(entry.reason(), text));
        try {
            return trail.before(place, most, wanted);
        } catch (DataAccessException e) {
            throw Audited.away();
        }
    }

    private static boolean isOrEmpty(@Nullable String wanted, String value) {
        return wanted == null || wanted.isEmpty() || wanted.equals(value);
    }

    private static boolean contains(@Nullable String where, @Nullable String text) {
        return text == null || where != null && where.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
