package dev.realtime.contracts;

import java.util.List;

/**
 * The answer to a broadcast that Redis has.
 *
 * @param success always true; a refusal is a {@link Problem}
 * @param id the event's id in the stream
 * @param event the name clients listen to, for example {@code call:new}
 * @param rooms to whom it goes, each room once
 */
public record BroadcastAccepted(boolean success, String id, String event, List<Room> rooms) {

    public BroadcastAccepted {
        rooms = List.copyOf(rooms);
    }
}
