package dev.realtime.contracts;

/**
 * The answer of a statistics endpoint.
 *
 * @param success always true
 * @param data the statistics themselves
 * @param <T> {@link ConnectionStats} or {@link RoomStats}
 */
public record Statistics<T>(boolean success, T data) {}
