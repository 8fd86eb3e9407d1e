package dev.realtime.console.audit;

import com.vaadin.flow.component.Component;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.admin.AuditEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audit's values in the user's language. */
final class AuditWords {

    static final List<String> ACTIONS = List.of(
            "notify", "close-socket", "close-user", "join-room", "leave-room", "block", "unblock", "reveal-event");

    private static final List<String> ROLES = List.of("viewer", "operator-admin", "admin");

    /** Refusals with their own text; others are shown by their code. */
    private static final List<ErrorCode> REFUSALS = List.of(
            ErrorCode.FORBIDDEN,
            ErrorCode.NOT_FOUND,
            ErrorCode.VALIDATION_FAILED,
            ErrorCode.BACKPLANE_UNAVAILABLE,
            ErrorCode.BACKPLANE_FULL);

    private AuditWords() {}

    static String action(Component of, String action) {
        return ACTIONS.contains(action) ? of.getTranslation("audit.action." + action) : action;
    }

    static String role(Component of, String role) {
        return ROLES.contains(role) ? of.getTranslation("frame.role." + role) : role;
    }

    /** Whom or what the action concerned: people by their names, where they are known. */
    static String target(Component of, AuditEntry entry) {
        return switch (entry.action()) {
            case "close-user", "block", "unblock" -> RoomWords.person(entry.target());
            default -> RoomWords.of(of, entry.target());
        };
    }

    /** The outcome: done with the number of sockets, refused with the cause, or unknown. */
    static String outcome(Component of, AuditEntry entry) {
        String outcome = entry.outcome();
        if (outcome == null) {
            return of.getTranslation("audit.unknown");
        }
        if (!"done".equals(outcome)) {
            return Arrays.stream(ErrorCode.values())
                    .filter(code -> code.code().equals(outcome) && REFUSALS.contains(code))
                    .findFirst()
                    .map(code -> of.getTranslation("audit.refused." + code.code()))
                    .orElseGet(() -> of.getTranslation("audit.refused", outcome));
        }
        Integer sockets = number(entry.result(), "sockets");
        return sockets == null ? of.getTranslation("audit.done") : of.getTranslation("audit.done-to", sockets);
    }

    /** The CSS class of an outcome's colour. */
    static String colour(@Nullable String outcome) {
        return outcome == null ? "outcome-unknown" : "done".equals(outcome) ? "outcome-done" : "outcome-refused";
    }

    private static @Nullable Integer number(@Nullable Map<String, Object> result, String name) {
        return result != null && result.get(name) instanceof Number number ? number.intValue() : null;
    }
}
