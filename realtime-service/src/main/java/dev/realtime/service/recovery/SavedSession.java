package dev.realtime.service.recovery;

import dev.realtime.service.position.Position;
import dev.realtime.stream.binder.redis.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * A claimed session, as Redis has it.
 *
 * @param socketId the Socket.IO id
 * @param epoch the cluster's epoch at the session's birth, and so of its positions
 * @param birth the position at which the session began: it is entitled only to later events
 * @param floor offsets before this are refused; null if all offsets since birth are valid
 * @param previous the connection that owned the session until now; null if it was parked
 * @param grants see {@link Grants}
 * @param stays the rooms that the session was in, and when
 */
public record SavedSession(
        String socketId,
        String epoch,
        StreamId birth,
        @Nullable StreamId floor,
        @Nullable Owner previous,
        String grants,
        RoomStays stays) {

    /**
     * Whether the session's rooms are known for all events after this offset. Without a floor, they are known since
     * birth. A session with a floor was saved anew at that position: its rooms before are unknown, so the client must
     * have received everything up to the floor.
     *
     * @param offset the client's offset; null if it sent none
     */
    public boolean reaches(@Nullable Position offset) {
        return floor == null
                || (offset != null
                        && offset.epoch().equals(epoch)
                        && offset.id().compareTo(floor) >= 0);
    }
}
