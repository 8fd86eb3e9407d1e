package dev.realtime.service.identity;

import java.time.Instant;
import java.util.Optional;

/** Whose tokens are refused for a time, however good they are. */
@FunctionalInterface
public interface Blocks {

    /** Until when this user may not come in; empty when nothing is against it. Never waits. */
    Optional<Instant> blockedUntil(String userKey);
}
