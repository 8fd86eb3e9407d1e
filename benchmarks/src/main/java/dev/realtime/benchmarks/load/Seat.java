package dev.realtime.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * What one socket is to be.
 *
 * @param path what it asks for by its GET
 * @param room the number of the room whose events it counts
 * @param token by which it says who it is; null where nobody asks
 * @param join the room it asks for by {@code join-room}
 */
record Seat(
        int port,
        String path,
        int room,
        @Nullable String token,
        @Nullable String join) {}
