package dev.realtime.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * A request to move a socket into or out of a room.
 *
 * @param room the room's printed form
 * @param reason see {@link Reason}
 */
public record RoomAction(@Nullable String room, @Nullable String reason) {}
