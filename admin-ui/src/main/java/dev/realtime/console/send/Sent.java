package dev.realtime.console.send;

import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.ConfirmationRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification of the audit, and its reach.
 *
 * @param entry the audit entry
 * @param written number of sockets it was written to; null if unknown, or no longer known
 */
record Sent(AuditEntry entry, @Nullable Integer written) {

    Map<?, ?> notification() {
        return entry.details().get("notification") instanceof Map<?, ?> notification ? notification : Map.of();
    }

    List<?> rooms() {
        return entry.details().get("rooms") instanceof List<?> rooms ? rooms : List.of();
    }

    /** The confirmation that was asked for; null for none. */
    @Nullable
    ConfirmationRequest confirmation() {
        return entry.details().get("confirm") instanceof Map<?, ?> confirm
                        && confirm.get("within") instanceof Number within
                ? new ConfirmationRequest(
                        within.intValue(),
                        confirm.get("escalateTo") instanceof List<?> rooms
                                ? rooms.stream().map(String::valueOf).toList()
                                : null)
                : null;
    }

    Audience audience() {
        return Audiences.ofRooms(rooms());
    }

    /** The event's id; empty if the notification was not sent. */
    static String event(AuditEntry entry) {
        Map<String, Object> result = entry.result();
        return result == null || result.get("event") == null ? "" : String.valueOf(result.get("event"));
    }

    /** Number of receiving sockets at the time of sending; null if the notification was not sent. */
    @Nullable
    Integer meant() {
        Map<String, Object> result = entry.result();
        return result != null && result.get("sockets") instanceof Number number ? number.intValue() : null;
    }
}
