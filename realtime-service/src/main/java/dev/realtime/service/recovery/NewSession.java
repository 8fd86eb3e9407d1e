package dev.realtime.service.recovery;

import dev.realtime.contracts.Room;
import dev.realtime.stream.binder.redis.wire.StreamId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session to be saved.
 *
 * @param ref the connection that will own it
 * @param socketId its Socket.IO id
 * @param epoch the cluster's epoch
 * @param birth the position at which it begins: it is entitled to nothing up to there
 * @param floor offsets before it are refused, since it is not known what happened; null for one whose beginning is saved
 * @param grants see {@link Grants}
 * @param rooms the rooms it is in from {@code birth} on; the room of its role is among them, that of everybody need not be
 */
public record NewSession(
        SessionRef ref,
        String socketId,
        String epoch,
        StreamId birth,
        @Nullable StreamId floor,
        String grants,
        Collection<Room> rooms) {

    public NewSession {
        rooms = List.copyOf(rooms);
    }
}
