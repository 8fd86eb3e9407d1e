package dev.realtime.console.api;

import java.time.Instant;

/**
 * A user who may not connect for a time.
 *
 * @param userKey the user's id
 * @param until when the block ends
 */
public record BlockedUser(String userKey, Instant until) {}
