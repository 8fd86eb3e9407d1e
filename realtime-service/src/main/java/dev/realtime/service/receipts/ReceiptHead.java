package dev.realtime.service.receipts;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Sender;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.SendingRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a receipt from the beginning, as Redis keeps it.
 *
 * @param within seconds until whoever has not confirmed is reminded
 * @param escalateTo the rooms that the notification is escalated to, which may be none
 * @param rooms the rooms that the notification went to
 * @param sender who sent it; null if that is not known, as in receipts of earlier versions
 * @param sending the sending that the notification belongs to, and how long it is valid; null if it is always good
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReceiptHead(
        int within,
        List<Room> escalateTo,
        List<Room> rooms,
        @Nullable Sender sender,
        @Nullable SendingRef sending) {

    public ReceiptHead {
        escalateTo = List.copyOf(escalateTo);
        rooms = List.copyOf(rooms);
    }

    /** The head of a notification that is always good. */
    ReceiptHead(int within, List<Room> escalateTo, List<Room> rooms, @Nullable Sender sender) {
        this(within, escalateTo, rooms, sender, null);
    }

    static ReceiptHead of(Confirmation asked, List<Room> rooms, @Nullable SendingRef sending) {
        return new ReceiptHead(asked.within(), asked.escalateTo(), rooms, asked.sender(), sending);
    }

    long withinMillis() {
        return within * 1_000L;
    }
}
