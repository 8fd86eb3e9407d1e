package dev.realtime.console.live;

import dev.realtime.contracts.Room;
import java.time.Instant;
import java.util.List;

/**
 * An event of the feed. The payload is not kept, since it contains phone numbers; the service returns it on demand.
 *
 * @param id the event's id
 * @param at when Redis accepted the event
 * @param event the event's name
 * @param to the rooms it went to
 * @param subject the id of the call or the order, or the severity of a notification; may be empty
 * @param bytes the payload's length
 * @param facts what people want to know of it
 */
public record FeedEvent(
        String id, Instant at, String event, List<Room> to, String subject, int bytes, EventFacts facts) {

    public FeedEvent {
        to = List.copyOf(to);
    }
}
