package dev.realtime.service.why;

import java.time.Instant;
import java.util.Optional;

/** Knows which users have confirmed an event. */
@FunctionalInterface
public interface Confirmations {

    /** When the user confirmed the event; empty if they have not, or nobody asked for it. May wait for Redis. */
    Optional<Instant> confirmedAt(String eventId, String userKey);
}
