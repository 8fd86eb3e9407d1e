package dev.realtime.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * The settings of one socket.
 *
 * @param path the target of its GET
 * @param room the number of the room whose events it counts
 * @param token its token; null if not needed
 * @param join the room it joins with {@code join-room}
 */
record Seat(
        int port,
        String path,
        int room,
        @Nullable String token,
        @Nullable String join) {}
