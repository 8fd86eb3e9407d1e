package dev.realtime.contracts;

import java.util.List;

/**
 * The answer to a broadcast that is in the Redis stream.
 *
 * @param success always true; a refusal is a {@link Problem}
 * @param id the event's id in the stream
 * @param event the name clients listen to, for example {@code call:new}
 * @param rooms the rooms the event goes to, each once
 */
public record BroadcastAccepted(boolean success, String id, String event, List<Room> rooms) {

    public BroadcastAccepted {
        rooms = List.copyOf(rooms);
    }
}
