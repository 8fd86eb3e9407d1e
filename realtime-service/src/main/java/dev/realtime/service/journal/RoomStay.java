package dev.realtime.service.journal;

import dev.realtime.stream.binder.redis.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * A stay in a room: it has the events after {@code joined}, up to and including {@code left}.
 *
 * @param left null while it goes on
 */
public record RoomStay(
        String room, StreamId joined, @Nullable StreamId left) {

    boolean has(StreamId event) {
        return event.compareTo(joined) > 0 && (left == null || event.compareTo(left) <= 0);
    }

    RoomStay until(StreamId at) {
        return new RoomStay(room, joined, at);
    }
}
