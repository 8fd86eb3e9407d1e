package dev.realtime.service.backplane;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.backplane.OutgoingEvent.IdempotenceKey;
import dev.realtime.stream.binder.redis.StreamHistory;
import org.springframework.stereotype.Component;

/** The callers' idempotence keys under which events were accepted. */
@Component
public final class AcceptedKeys {

    private final StreamHistory history;

    AcceptedKeys(StreamHistory history) {
        this.history = history;
    }

    /**
     * Whether an event was accepted before under this event's key, so that publishing it adds nothing. Waits for Redis.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public boolean contain(OutgoingEvent event) {
        IdempotenceKey key = event.key();
        return key != null
                && history.addedUnder(StreamHeaders.EVENTS_DESTINATION, key.inStream())
                        .isPresent();
    }
}
