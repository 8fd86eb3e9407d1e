package dev.realtime.contracts;

import java.util.List;

/**
 * A part of what has been sent, in the stream's order. It may have fewer events than were asked for, or none, and yet not be
 * the last part: {@code more} says so.
 *
 * <p>Positions are opaque: they are for handing back, and two of them may be compared for being equal only.
 *
 * @param success always true; a refusal is a {@link Problem}
 * @param events the events, the oldest first
 * @param next where to go on: what to ask with next as {@code after}
 * @param more whether there is more after {@code next} already
 * @param head the position of the newest record that the answering instance has read
 */
public record EventHistory(boolean success, List<Entry> events, String next, boolean more, String head) {

    public EventHistory {
        events = List.copyOf(events);
    }

    /**
     * One event.
     *
     * @param position its position, the same that sockets get it with
     * @param event the name clients listen to, for example {@code call:new}
     * @param rooms to whom it went; for a user only those rooms among them that were asked for
     * @param payload its argument, byte for byte as clients get it
     */
    public record Entry(String position, String event, List<Room> rooms, Object payload) {

        public Entry {
            rooms = List.copyOf(rooms);
        }
    }
}
