package dev.realtime.contracts;

import java.util.List;

/**
 * A page of past events, in the order of the stream. A page with fewer events than requested, or none, is not
 * necessarily the last: {@code more} tells.
 *
 * <p>Positions are opaque: clients hand them back, and may only compare them for equality.
 *
 * @param success always true; a refusal is a {@link Problem}
 * @param events the events, the oldest first
 * @param next the value of {@code after} for the next request
 * @param more whether events after {@code next} already exist
 * @param head the position of the newest record that the answering instance has read
 */
public record EventHistory(boolean success, List<Entry> events, String next, boolean more, String head) {

    public EventHistory {
        events = List.copyOf(events);
    }

    /**
     * One event.
     *
     * @param position the event's position, the same that sockets receive with it
     * @param event the name clients listen to, for example {@code call:new}
     * @param rooms the rooms it went to; a user sees only the rooms they asked for
     * @param payload the payload, byte for byte as clients receive it
     */
    public record Entry(String position, String event, List<Room> rooms, Object payload) {

        public Entry {
            rooms = List.copyOf(rooms);
        }
    }
}
