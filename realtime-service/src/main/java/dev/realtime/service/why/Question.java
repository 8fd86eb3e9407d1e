package dev.realtime.service.why;

import dev.realtime.contracts.Room;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why did a user get, or not get, an event?
 *
 * @param event the event's position
 * @param rooms the rooms that the event went to
 * @param userKey the user
 * @param receipt the id of the receipt of a notification, its reminder or its escalation; null if nobody has to confirm it
 */
public record Question(
        StreamId event,
        Set<Room> rooms,
        String userKey,
        @Nullable String receipt) {}
