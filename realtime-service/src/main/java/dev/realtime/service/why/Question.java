package dev.realtime.service.why;

import dev.realtime.contracts.Room;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.Set;

/**
 * Why did a user get, or not get, an event?
 *
 * @param event the event's position
 * @param rooms the rooms that the event went to
 * @param userKey the user
 */
public record Question(StreamId event, Set<Room> rooms, String userKey) {}
