package dev.realtime.console.send;

import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.AuditEntry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification as the audit has it, and what it reached.
 *
 * @param entry the audit's entry
 * @param written to how many sockets it was written; null when that is not known, or not any more
 */
record Sent(AuditEntry entry, @Nullable Integer written) {

    Map<?, ?> notification() {
        return entry.details().get("notification") instanceof Map<?, ?> notification ? notification : Map.of();
    }

    List<?> rooms() {
        return entry.details().get("rooms") instanceof List<?> rooms ? rooms : List.of();
    }

    Audience audience() {
        return Audiences.ofRooms(rooms());
    }

    /** The event's id; empty for one that did not go. */
    static String event(AuditEntry entry) {
        Map<String, Object> result = entry.result();
        return result == null || result.get("event") == null ? "" : String.valueOf(result.get("event"));
    }

    /** How many sockets were meant; null when it did not go. */
    @Nullable
    Integer meant() {
        Map<String, Object> result = entry.result();
        return result != null && result.get("sockets") instanceof Number number ? number.intValue() : null;
    }
}
