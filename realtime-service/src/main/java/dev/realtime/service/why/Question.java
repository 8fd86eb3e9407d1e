package dev.realtime.service.why;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.WhyReason;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why did a user get, or not get, an event?
 *
 * @param event the event's position
 * @param rooms the rooms that the event went to
 * @param userKey the user
 * @param receipt the id of the receipt of a notification, its reminder or its escalation; null if nobody has to confirm it
 * @param withheld from when on the event is given to no client; null for an event that is always good
 */
public record Question(
        StreamId event,
        Set<Room> rooms,
        String userKey,
        @Nullable String receipt,
        @Nullable Withheld withheld) {

    /** A question about an event that is always good. */
    public Question(StreamId event, Set<Room> rooms, String userKey, @Nullable String receipt) {
        this(event, rooms, userKey, receipt, null);
    }

    /**
     * The end of a notification.
     *
     * @param reason {@link WhyReason#RECALLED} or {@link WhyReason#EXPIRED}
     */
    public record Withheld(WhyReason reason, Instant from) {

        /** Whether it was over at this time, in milliseconds since 1970. */
        boolean isOver(long millis) {
            return millis >= from.toEpochMilli();
        }
    }
}
