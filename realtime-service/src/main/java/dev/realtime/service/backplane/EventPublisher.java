package dev.realtime.service.backplane;

/** Puts events into the stream. */
public interface EventPublisher {

    /**
     * Publishes an event and blocks, for at most about two seconds, until Redis has it. Call it only from a thread that
     * may block.
     *
     * @throws BackplaneUnavailableException when Redis did not take the event in time, refused it, or is nearly full;
     *     the event may be sent again with the same key
     * @throws IdempotenceKeyReusedException when the key already stands for another event
     */
    PublishedEvent publish(OutgoingEvent event);
}
