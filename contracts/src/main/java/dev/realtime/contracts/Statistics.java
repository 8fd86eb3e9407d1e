package dev.realtime.contracts;

/**
 * The answer of the statistics.
 *
 * @param success always true
 * @param data the statistics themselves
 * @param <T> {@link ConnectionStats} or {@link RoomStats}
 */
public record Statistics<T>(boolean success, T data) {}
