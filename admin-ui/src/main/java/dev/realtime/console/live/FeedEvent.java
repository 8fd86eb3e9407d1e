package dev.realtime.console.live;

import dev.realtime.contracts.Room;
import java.time.Instant;
import java.util.List;

/**
 * An event that went by. Its payload is not kept: it has phone numbers, and the service has it when somebody asks.
 *
 * @param id its id
 * @param at when Redis took it
 * @param event its name
 * @param to the rooms it went to
 * @param subject what it is about: the id of the call or the order, the severity of a notification; may be empty
 * @param bytes how long the payload is
 */
public record FeedEvent(String id, Instant at, String event, List<Room> to, String subject, int bytes) {

    public FeedEvent {
        to = List.copyOf(to);
    }
}
