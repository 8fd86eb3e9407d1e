package dev.realtime.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * A room to put a socket into, or to take it out of.
 *
 * @param room the room's printed name
 * @param reason see {@link Reason}
 */
public record RoomAction(@Nullable String room, @Nullable String reason) {}
