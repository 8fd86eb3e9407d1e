package dev.realtime.demo;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import java.util.List;
import org.json.JSONObject;

/**
 * An event to post.
 *
 * @param event the event
 * @param body the request's body, without the webhook token
 */
record Posting(BroadcastEvent event, JSONObject body) {

    /** A posting that names no rooms. */
    static Posting of(BroadcastEvent event, JSONObject payload) {
        return new Posting(
                event,
                event.payloadField()
                        .map(field -> new JSONObject().put(field, payload))
                        .orElse(payload));
    }

    Posting to(List<Room> rooms) {
        body.put("rooms", rooms.stream().map(Room::toString).toList());
        return this;
    }
}
