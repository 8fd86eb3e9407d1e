package dev.realtime.service.sendings;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.RecalledNotification;
import dev.realtime.contracts.Room;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.OutgoingEvent.IdempotenceKey;
import dev.realtime.service.backplane.PublishedEvent;
import dev.realtime.service.payload.SendingRef;
import dev.realtime.service.receipts.Confirmations;
import dev.realtime.service.receipts.ReceiptProperties;
import dev.realtime.stream.binder.redis.StreamId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes sendings and their recalls, each once, however many instances do: under an idempotence key made of the
 * sending's id. Waits for Redis.
 */
@Component
class SendingPublisher {

    private static final Logger log = LoggerFactory.getLogger(SendingPublisher.class);

    /** Where the keys are unique. */
    static final String SCOPE = "sending";

    private final SendingStore store;
    private final EventPublisher events;
    private final Confirmations confirmations;
    private final Duration remembered;
    private final JsonMapper json;

    SendingPublisher(
            SendingStore store,
            EventPublisher events,
            Confirmations confirmations,
            ReceiptProperties receipts,
            JsonMapper json) {
        this.store = store;
        this.events = events;
        this.confirmations = confirmations;
        this.remembered = receipts.retention();
        this.json = json;
    }

    /**
     * Publishes a sending.
     *
     * @return the id of its event
     * @throws dev.realtime.service.problem.ProblemException {@code receipts_full} when there is no room for its receipt
     * @throws dev.realtime.service.backplane.BackplaneUnavailableException when Redis does not take it
     * @throws DataAccessException when Redis does not answer; nothing was published
     */
    PublishedEvent send(SendingEntry entry) {
        OutgoingEvent event = new OutgoingEvent(
                BroadcastEvent.NOTIFICATION,
                entry.head().rooms(),
                entry.payload().getBytes(StandardCharsets.UTF_8),
                key(entry.id()),
                null,
                entry.head().confirmation(),
                new SendingRef(entry.id(), entry.validUntil()));
        confirmations.beforePublishing(event);
        PublishedEvent published = events.publish(event);
        confirmations.published(published.id(), event);
        try {
            store.sent(entry, published.id(), StreamId.parse(published.id()).millis());
        } catch (DataAccessException e) {
            log.debug("The sending {} was published, which is noted later", entry.id(), e);
        }
        return published;
    }

    /**
     * Tells that a sending was recalled.
     *
     * @throws dev.realtime.service.backplane.BackplaneUnavailableException when Redis does not take it
     * @throws DataAccessException when Redis does not answer
     */
    void tellRecall(SendingEntry entry) {
        String event = entry.event();
        if (event == null) {
            return;
        }
        List<Room> rooms = new ArrayList<>(entry.head().rooms());
        if (entry.isToConfirm()) {
            rooms.addAll(confirmations.recall(event));
        }
        Long at = entry.endedAt();
        RecalledNotification payload = new RecalledNotification(
                entry.id(), entry.isToConfirm() ? event : null, Instant.ofEpochMilli(at == null ? 0 : at));
        events.publish(new OutgoingEvent(
                BroadcastEvent.NOTIFICATION_RECALLED,
                rooms.stream().distinct().toList(),
                json.writeValueAsBytes(payload),
                key(entry.id() + ":recall"),
                null,
                null,
                new SendingRef(entry.id(), null)));
        store.told(entry.id());
    }

    private IdempotenceKey key(String text) {
        return new IdempotenceKey(SCOPE, text, "", remembered);
    }
}
