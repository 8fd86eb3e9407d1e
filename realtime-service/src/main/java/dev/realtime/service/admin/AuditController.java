package dev.realtime.service.admin;

import dev.realtime.contracts.SearchText;
import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.Slice;
import dev.realtime.service.audit.AuditTrail;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log over REST. */
@RestController
class AuditController {

    private static final int USUAL = 50;
    private static final int MOST = 500;

    private final AuditTrail trail;
    private final AdminReads reads;
    private final AuditMask mask;

    AuditController(AuditTrail trail, AdminReads reads, AuditMask mask) {
        this.trail = trail;
        this.reads = reads;
        this.mask = mask;
    }

    /**
     * Returns entries before a place, newest first. Phone numbers are masked for callers who may not see them. The
     * answer is bounded in bytes, as for events.
     *
     * @param actor the administrator who performed the action
     * @param action any of these actions, repeated or separated by commas
     * @param text a text that the target or the reason contains
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
        boolean masked = AuditMask.isForCaller();
        String part = text == null ? null : SearchText.of(text);
        // Only what the caller may see is searched; otherwise phone numbers could be found by trial.
        Predicate<AuditEntry> wanted = entry -> isOrEmpty(actor, entry.actor())
                && (action == null || action.isEmpty() || action.contains(entry.action()))
                && (part == null
                        || SearchText.contains(masked ? AuditMask.target(entry) : entry.target(), part)
                        || SearchText.contains(masked ? AuditMask.reason(entry) : entry.reason(), part));
        Limits limits = new Limits(most, AdminReads.BYTES, AdminReads.SCANNED_BYTES);
        Slice<AuditEntry> found = reads.read(() -> trail.before(place, limits, wanted));
        return masked ? new Slice<>(found.items().stream().map(mask::mask).toList(), found.before()) : found;
    }

    private static boolean isOrEmpty(@Nullable String wanted, String value) {
        return wanted == null || wanted.isEmpty() || wanted.equals(value);
    }
}
