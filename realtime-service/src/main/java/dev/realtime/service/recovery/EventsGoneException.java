package dev.realtime.service.recovery;

/**
 * What followed a position cannot be replayed without a gap any more: it was trimmed, or Redis lost it, while it was being
 * replayed. The session is not whole.
 */
public final class EventsGoneException extends RuntimeException {

    EventsGoneException(String message) {
        super(message);
    }
}
