package dev.realtime.service.payload;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import java.util.List;

/**
 * An event's payload that has been looked at.
 *
 * @param event which event's
 * @param json one JSON object in UTF-8, as it was sent
 * @param defaultRooms to whom it goes when its sender names no rooms; at least one room
 */
public record ValidPayload(BroadcastEvent event, byte[] json, List<Room> defaultRooms) {

    public ValidPayload {
        defaultRooms = List.copyOf(defaultRooms);
    }

    /** Without the payload: it has people's names and phone numbers in it. */
    @Override
    public String toString() {
        return "ValidPayload[event=" + event + ", bytes=" + json.length + ", defaultRooms=" + defaultRooms.size() + "]";
    }
}
