package dev.realtime.console.api;

import java.time.Instant;

/**
 * A user who may not come in for a time.
 *
 * @param userKey the user's id
 * @param until when it ends
 */
public record BlockedUser(String userKey, Instant until) {}
