package dev.realtime.service.backplane;

/** Puts events into the stream. */
public interface EventPublisher {

    /**
     * Publishes an event and waits, at most about two seconds, until Redis has it. To be called from a thread that may
     * block.
     *
     * @throws BackplaneUnavailableException when Redis did not take it in time, refused it, or is nearly full; it may be
     *     sent again with the same key
     * @throws IdempotenceKeyReusedException when its key stands for another event already
     */
    PublishedEvent publish(OutgoingEvent event);
}
