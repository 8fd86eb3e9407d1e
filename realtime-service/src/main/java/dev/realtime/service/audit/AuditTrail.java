package dev.realtime.service.audit;

import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.Slice;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.StreamHistory.Page;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the audit, each entry with its outcome. */
@Component
public final class AuditTrail {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);

    /** How much is read after an entry to find its outcome, past what others recorded in between. */
    private static final Limits OUTCOMES = Limits.of(500, 1_000_000);

    private final StreamHistory history;
    private final JsonMapper json;

    AuditTrail(StreamHistory history, JsonMapper json) {
        this.history = history;
        this.json = json;
    }

    /**
     * Returns entries before an id, newest first. The result may hold fewer entries than requested, or none, although
     * older ones exist.
     *
     * @param before the id, exclusive; null for the newest entries
     * @param limits how many entries at most, and how much may be read to find them
     * @param wanted which entries
     * @throws IllegalArgumentException when {@code before} is not an id
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public Slice<AuditEntry> before(@Nullable String before, Limits limits, Predicate<AuditEntry> wanted) {
        Map<String, AuditRecord> outcomes = new HashMap<>();
        if (before != null) {
            history.after(AuditLog.DESTINATION, before, OUTCOMES)
                    .entries()
                    .forEach(entry -> keepOutcome(entry, outcomes));
        }
        List<AuditEntry> found = new ArrayList<>();
        Page page = history.before(AuditLog.DESTINATION, before, null, limits, entry -> {
            AuditRecord record = keepOutcome(entry, outcomes);
            if (record == null || record.of() != null) {
                return false;
            }
            AuditEntry whole = entry(entry.id(), record, outcomes.get(entry.id()));
            return wanted.test(whole) && found.add(whole);
        });
        return new Slice<>(found, page.next());
    }

    private @Nullable AuditRecord keepOutcome(StreamHistory.Entry entry, Map<String, AuditRecord> outcomes) {
        try {
            AuditRecord record = json.readValue(entry.payload(), AuditRecord.class);
            if (record.of() != null) {
                outcomes.put(record.of(), record);
            }
            return record;
        } catch (JacksonException e) {
            log.warn("Ignoring audit record {}: it cannot be read", entry.id());
            return null;
        }
    }

    private static AuditEntry entry(String id, AuditRecord begun, @Nullable AuditRecord ended) {
        return new AuditEntry(
                id,
                Instant.ofEpochMilli(StreamId.parse(id).millis()),
                orEmpty(begun.actor()),
                orEmpty(begun.role()),
                orEmpty(begun.address()),
                orEmpty(begun.action()),
                orEmpty(begun.target()),
                begun.reason(),
                begun.details() == null ? Map.of() : begun.details(),
                ended == null ? null : ended.outcome(),
                ended == null ? null : ended.result());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
