package dev.realtime.service.receipts;

import dev.realtime.contracts.Room;
import dev.realtime.service.payload.Confirmation;
import java.util.List;

/**
 * What is known of a receipt from the beginning, as Redis keeps it.
 *
 * @param within seconds until whoever has not confirmed is reminded
 * @param escalateTo the rooms that the notification is escalated to, which may be none
 * @param rooms the rooms that the notification went to
 */
public record ReceiptHead(int within, List<Room> escalateTo, List<Room> rooms) {

    public ReceiptHead {
        escalateTo = List.copyOf(escalateTo);
        rooms = List.copyOf(rooms);
    }

    static ReceiptHead of(Confirmation asked, List<Room> rooms) {
        return new ReceiptHead(asked.within(), asked.escalateTo(), rooms);
    }

    long withinMillis() {
        return within * 1_000L;
    }
}
