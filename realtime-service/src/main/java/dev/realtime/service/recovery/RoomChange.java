package dev.realtime.service.recovery;

import dev.realtime.contracts.Room;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rooms that a session joined and left at one position. Joining a room that it is in, or leaving one that it is not in,
 * changes nothing.
 *
 * @param at the last event before the change; it went to the members before the change
 * @param joined the rooms that the session is in from then on; includes the room of its role if the role is new
 * @param left the rooms that the session is no longer in
 * @param grants the new {@link Grants}; null if unchanged
 */
public record RoomChange(
        StreamId at,
        Collection<Room> joined,
        Collection<Room> left,
        @Nullable String grants) {

    public RoomChange {
        joined = List.copyOf(joined);
        left = List.copyOf(left);
    }

    public static RoomChange join(StreamId at, Room room) {
        return new RoomChange(at, List.of(room), List.of(), null);
    }

    public static RoomChange leave(StreamId at, Room room) {
        return new RoomChange(at, List.of(), List.of(room), null);
    }
}
