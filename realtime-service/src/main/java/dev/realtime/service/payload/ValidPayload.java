package dev.realtime.service.payload;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import java.util.List;

/**
 * A validated payload of an event.
 *
 * @param event the event that the payload belongs to
 * @param json one JSON object in UTF-8, as it was sent
 * @param defaultRooms the rooms that receive the event if its sender names none; at least one room
 * @param members the known members' values
 */
public record ValidPayload(BroadcastEvent event, byte[] json, List<Room> defaultRooms, KnownMembers members) {

    public ValidPayload {
        defaultRooms = List.copyOf(defaultRooms);
    }

    /** Omits the payload, which contains people's names and phone numbers. */
    @Override
    public String toString() {
        return "ValidPayload[event=" + event + ", bytes=" + json.length + ", defaultRooms=" + defaultRooms.size() + "]";
    }
}
