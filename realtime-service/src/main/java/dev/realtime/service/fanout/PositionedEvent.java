package dev.realtime.service.fanout;

import dev.realtime.contracts.Room;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.SendingRef;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of the stream on its way to sockets.
 *
 * @param id the id of its record
 * @param name its wire name
 * @param payload its argument, JSON in UTF-8; shared and never changed
 * @param rooms the rooms it goes to
 * @param confirmation what its record says about confirmation; null for an event that nobody has to confirm
 * @param sending the sending it belongs to, and how long it is valid; null for an event that is always good
 */
public record PositionedEvent(
        StreamId id,
        String name,
        byte[] payload,
        List<Room> rooms,
        @Nullable Confirmation confirmation,
        @Nullable SendingRef sending) {

    /** An event that is always good. */
    public PositionedEvent(
            StreamId id, String name, byte[] payload, List<Room> rooms, @Nullable Confirmation confirmation) {
        this(id, name, payload, rooms, confirmation, null);
    }

    /** An event that nobody has to confirm. */
    public PositionedEvent(StreamId id, String name, byte[] payload, List<Room> rooms) {
        this(id, name, payload, rooms, null, null);
    }

    /** Omits the payload, which contains people's names and phone numbers. */
    @Override
    public String toString() {
        return "PositionedEvent[id=" + id + ", name=" + name + ", rooms=" + rooms.size() + ", bytes=" + payload.length
                + "]";
    }
}
