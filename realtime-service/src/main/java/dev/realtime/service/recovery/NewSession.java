package dev.realtime.service.recovery;

import dev.realtime.contracts.Room;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session to be saved.
 *
 * @param ref the connection that will own the session
 * @param socketId the Socket.IO id
 * @param epoch the cluster's epoch
 * @param birth the position at which the session begins: it is entitled only to later events
 * @param floor offsets before this are refused, since the session's rooms before are unknown; null for a session that
 *     is saved at its birth
 * @param number the number of the save among the connection's changes and saves; 0 if it is the first
 * @param grants see {@link Grants}
 * @param rooms the rooms that the session is in from {@code birth} on, including the room of its role; the room of
 *     everybody may be omitted
 */
public record NewSession(
        SessionRef ref,
        String socketId,
        String epoch,
        StreamId birth,
        @Nullable StreamId floor,
        long number,
        String grants,
        Collection<Room> rooms) {

    public NewSession {
        rooms = List.copyOf(rooms);
    }
}
