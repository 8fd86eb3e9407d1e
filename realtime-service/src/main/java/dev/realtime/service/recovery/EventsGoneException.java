package dev.realtime.service.recovery;

/**
 * What follows a position can no longer be replayed without a gap: it was trimmed, or Redis lost it during the replay.
 * The session cannot be recovered.
 */
public final class EventsGoneException extends RuntimeException {

    EventsGoneException(String message) {
        super(message);
    }
}
