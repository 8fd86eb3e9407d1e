package dev.realtime.console.receipts;

import com.vaadin.flow.component.Component;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.contracts.admin.ReceiptView;
import dev.realtime.contracts.admin.ReceiptView.Again;
import dev.realtime.contracts.admin.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a receipt says, in words. */
public final class ReceiptWords {

    private ReceiptWords() {}

    /** How it stands with the confirmations; also the CSS class. */
    public enum Standing {
        /** It was written to nobody. */
        NOBODY,
        /** Somebody has not confirmed. */
        SOME,
        ALL;

        public static Standing of(ReceiptView receipt) {
            if (receipt.users() == 0) {
                return NOBODY;
            }
            // Whoever could not be recorded cannot confirm.
            return receipt.confirmed() < receipt.users() || receipt.untracked() > 0 ? SOME : ALL;
        }

        public String css() {
            return "receipt-" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static String standing(Component of, ReceiptView receipt) {
        return switch (Standing.of(receipt)) {
            case NOBODY -> of.getTranslation("receipts.nobody");
            case SOME -> of.getTranslation("receipts.some", receipt.confirmed(), receipt.users());
            case ALL -> of.getTranslation("receipts.all", receipt.users());
        };
    }

    static String message(ReceiptView receipt) {
        Object message = notification(receipt).get("message");
        return message == null ? "–" : message.toString();
    }

    static Map<?, ?> notification(ReceiptView receipt) {
        return receipt.notification() instanceof Map<?, ?> map ? map : Map.of();
    }

    /** When it was sent, and by whom if that is known. */
    static String sent(ReceiptView receipt, Times times) {
        Sender sender = receipt.sender();
        String who = sender == null ? null : sender.admin() == null ? sender.service() : sender.admin();
        return times.brief(receipt.at()) + (who == null ? "" : " · " + who);
    }

    static String written(Component of, ReceiptView receipt) {
        String written = of.getTranslation("receipts.written-to", receipt.users(), receipt.sockets());
        return receipt.untracked() == 0
                ? written
                : written + " " + of.getTranslation("receipts.untracked", receipt.untracked());
    }

    static String reminder(Component of, ReceiptView receipt, Times times) {
        Again reminder = receipt.reminder();
        return reminder == null
                ? of.getTranslation("receipts.due", times.brief(reminderDue(receipt)))
                : done(of, reminder, times, "receipts.reminded", "receipts.not-reminded");
    }

    static String escalation(Component of, ReceiptView receipt, Times times) {
        if (receipt.escalateTo().isEmpty()) {
            return of.getTranslation("receipts.no-escalation");
        }
        Again escalation = receipt.escalation();
        String words = escalation == null
                ? of.getTranslation("receipts.due-unless", times.brief(escalationDue(receipt)))
                : done(of, escalation, times, "receipts.escalated", "receipts.not-escalated");
        return rooms(of, receipt.escalateTo()) + " – " + words;
    }

    private static String done(Component of, Again again, Times times, String did, String didNot) {
        return again.event() == null
                ? of.getTranslation(didNot, times.brief(again.at()))
                : of.getTranslation(did, times.brief(again.at()), again.sockets());
    }

    /** What comes next, or what was done last; short, for a row. */
    static String next(Component of, ReceiptView receipt, Times times) {
        Again reminder = receipt.reminder();
        Again escalation = receipt.escalation();
        if (reminder == null) {
            return Standing.of(receipt) == Standing.ALL
                    ? ""
                    : of.getTranslation("receipts.next-reminder", times.brief(reminderDue(receipt)));
        }
        if (escalation != null) {
            return escalation.event() == null
                    ? ""
                    : of.getTranslation("receipts.was-escalated", times.brief(escalation.at()));
        }
        if (receipt.open() && Standing.of(receipt) != Standing.ALL) {
            return of.getTranslation("receipts.next-escalation", times.brief(escalationDue(receipt)));
        }
        return reminder.event() == null ? "" : of.getTranslation("receipts.was-reminded", times.brief(reminder.at()));
    }

    static Instant reminderDue(ReceiptView receipt) {
        return receipt.at().plusSeconds(receipt.within());
    }

    private static Instant escalationDue(ReceiptView receipt) {
        Again reminder = receipt.reminder();
        return (reminder == null ? reminderDue(receipt) : reminder.at()).plusSeconds(receipt.within());
    }

    /** The rooms as people call them, in one line. */
    public static String rooms(Component of, List<String> rooms) {
        return rooms.stream().map(room -> RoomWords.of(of, room)).collect(Collectors.joining(", "));
    }

    /** When a user confirmed; null while they have not. */
    static String confirmed(Component of, @Nullable Instant at, Times times) {
        return at == null ? of.getTranslation("receipts.not-yet") : times.brief(at);
    }
}
