package dev.realtime.service.payload;

/**
 * One thing that is wrong with a request.
 *
 * @param path the place: {@code call.id}, {@code rooms[2]}; empty for the whole request
 * @param message one English sentence; never repeats the value
 */
public record Violation(String path, String message) {}
