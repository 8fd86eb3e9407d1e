package dev.realtime.service.recovery;

import dev.realtime.contracts.Room;
import dev.realtime.stream.binder.redis.wire.StreamId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rooms that a session joined and left at one position. To join a room it is in, or to leave one that it is not in, changes
 * nothing.
 *
 * @param at the last event before the change: it went to those who were in a room before
 * @param joined the rooms it is in from then on; the room of its role is one of them when the role is new
 * @param left the rooms it is in no longer
 * @param grants its new {@link Grants}; null when they stay
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
