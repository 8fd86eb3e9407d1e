package dev.realtime.service.identity;

import java.time.Instant;
import java.util.Optional;

/** The users whose tokens are refused for a time, even when the tokens are valid. */
@FunctionalInterface
public interface Blocks {

    /** Until when this user may not connect; empty when the user is not blocked. Never waits. */
    Optional<Instant> blockedUntil(String userKey);
}
