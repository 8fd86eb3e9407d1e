package dev.realtime.service.recovery;

import dev.realtime.service.position.Position;
import dev.realtime.stream.binder.redis.wire.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * What Redis has of a session that was claimed.
 *
 * @param socketId its Socket.IO id
 * @param epoch the cluster's epoch when it began: its positions are of that one
 * @param birth the position at which it began: nothing up to there is its own
 * @param floor offsets before it are refused; null when all since birth are good
 * @param previous the connection that owned it until now; null for one that was parked
 * @param grants see {@link Grants}
 * @param stays the rooms it was in, and when
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
     * Whether the rooms are known for all events after this offset. Without a floor they are known since birth. A session
     * with a floor was saved anew there: its rooms before are not known, so the client must have everything up to the floor.
     *
     * @param offset as the client named it; null when it named none
     */
    public boolean reaches(@Nullable Position offset) {
        return floor == null
                || (offset != null
                        && offset.epoch().equals(epoch)
                        && offset.id().compareTo(floor) >= 0);
    }
}
