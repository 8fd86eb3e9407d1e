package dev.realtime.service.sendings;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.admin.SendingState;
import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.receipts.Confirmations;
import dev.realtime.service.redis.RedisRefusal;
import dev.realtime.service.sendings.SendingStore.Creation;
import dev.realtime.service.sendings.SendingStore.Entered;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What administrators do about sendings. Waits for Redis, and throws {@link DataAccessException} when it does not answer.
 */
@Component
public final class Sendings {

    private static final Logger log = LoggerFactory.getLogger(Sendings.class);

    private static final long OTHERS_TRY_AFTER = SendingSteps.OTHERS_TRY_AFTER.toMillis();

    private final SendingStore store;
    private final SendingPublisher publisher;
    private final Confirmations confirmations;
    private final ClusterClock clock;

    Sendings(SendingStore store, SendingPublisher publisher, Confirmations confirmations, ClusterClock clock) {
        this.store = store;
        this.publisher = publisher;
        this.confirmations = confirmations;
        this.clock = clock;
    }

    /** An id for a new sending. */
    public String newId() {
        return SendingEntry.newId(clock.millis());
    }

    /**
     * A request to send.
     *
     * @param id from {@link #newId()}
     * @param payload the notification, valid, with its {@code notificationId}
     * @param begins {@link SendingState#HELD}, {@link SendingState#PLANNED}, or {@link SendingState#SENDING} to send it at
     *     once
     * @param at when to send it, in milliseconds since 1970
     * @param until until when it is valid; null for good
     * @param key the caller's idempotence key; null for none
     */
    public record Request(
            String id,
            SendingHead head,
            String payload,
            SendingState begins,
            long at,
            @Nullable Long until,
            @Nullable RequestKey key) {

        private SendingEntry entry() {
            return new SendingEntry(id, head, payload, begins, at, until, null, null, null, null, null);
        }
    }

    /**
     * What became of a request.
     *
     * @param sending the sending as it is now
     * @param repeated whether it is that of an earlier request with the same key
     */
    public record Taken(SendingEntry sending, boolean repeated) {}

    /**
     * Enters a sending, and sends it unless it has to wait.
     *
     * @throws ProblemException {@code sendings_full}, {@code idempotency_key_reused} or {@code receipts_full}; nothing was
     *     accepted
     * @throws BackplaneUnavailableException when Redis does not take the event
     */
    public Taken send(Request request) {
        SendingEntry entry = request.entry();
        // What is sent at once is looked at only if its instance does not finish it.
        long lookAt = request.begins().isWaiting() ? entry.at() : clock.millis() + OTHERS_TRY_AFTER;
        Creation creation = store.create(entry, request.key(), lookAt);
        SendingEntry first = creation.first() == null ? null : store.find(creation.first());
        if (creation.entered() == Entered.REPEATED && first == null && request.key() != null) {
            // It had to be forgotten before the key was.
            store.release(request.key());
            creation = store.create(entry, request.key(), lookAt);
            first = creation.first() == null ? null : store.find(creation.first());
        }
        return switch (creation.entered()) {
            case CREATED -> new Taken(request.begins().isWaiting() ? entry : sendNow(entry), false);
            case REPEATED -> new Taken(repeated(first == null ? entry : first, request), true);
            case REUSED ->
                throw new ProblemException(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used with another body.");
            case WAITING, FULL ->
                throw new ProblemException(
                        ErrorCode.SENDINGS_FULL,
                        "Too many notifications wait to be sent; nothing was accepted. Please try again later, or send"
                                + " it at once.");
        };
    }

    /** The request before may still be sending it, have died, or have failed without knowing whether it was sent. */
    private SendingEntry repeated(SendingEntry first, Request request) {
        boolean isSent = first.stored() != SendingState.SENDING && first.stored() != SendingState.FAILED;
        return isSent || request.begins().isWaiting() ? first : sendNow(first);
    }

    private SendingEntry sendNow(SendingEntry entry) {
        try {
            return sent(entry, publisher.send(entry).id());
        } catch (ProblemException e) {
            failed(entry, e.code());
            throw e;
        } catch (BackplaneUnavailableException e) {
            failed(entry, e.code());
            throw e;
        } catch (DataAccessException e) {
            failed(entry, RedisRefusal.codeOf(e));
            throw e;
        }
    }

    private static SendingEntry sent(SendingEntry entry, String event) {
        return new SendingEntry(
                entry.id(),
                entry.head(),
                entry.payload(),
                SendingState.SENT,
                entry.at(),
                entry.until(),
                event,
                StreamId.parse(event).millis(),
                null,
                null,
                null);
    }

    private void failed(SendingEntry entry, ErrorCode code) {
        try {
            store.fail(entry.id(), code.code(), clock.millis());
        } catch (DataAccessException e) {
            log.debug("That the sending {} failed could not be noted", entry.id(), e);
        }
    }

    /**
     * Cancels a sending that waits; cancelling it twice is fine.
     *
     * @throws ProblemException {@code sending_unknown}, or {@code already_sent}
     */
    public SendingEntry cancel(String id, String by) {
        boolean cancelled = store.cancel(id, clock.millis(), by);
        SendingEntry entry = existing(id);
        if (!cancelled && entry.stored() != SendingState.CANCELLED) {
            throw new ProblemException(
                    ErrorCode.ALREADY_SENT,
                    "The notification does not wait any more, so it cannot be cancelled; its state is "
                            + entry.state(clock.millis()).wireName() + ".");
        }
        return entry;
    }

    /**
     * Recalls a sending that was sent; recalling it twice is fine.
     *
     * @throws ProblemException {@code sending_unknown}, {@code not_sent} or {@code all_confirmed}
     */
    public SendingEntry recall(String id, String by) {
        SendingEntry entry = existing(id);
        if (entry.stored() == SendingState.RECALLED) {
            return entry;
        }
        long now = clock.millis();
        String event = entry.event();
        if (entry.state(now) == SendingState.SENT
                && entry.isToConfirm()
                && event != null
                && confirmations.isConfirmedByAll(event)) {
            throw new ProblemException(
                    ErrorCode.ALL_CONFIRMED, "Everybody has confirmed the notification, so it cannot be recalled.");
        }
        boolean recalled = store.recall(id, Recalled.of(entry), now, by, now + OTHERS_TRY_AFTER);
        SendingEntry after = existing(id);
        if (!recalled && after.stored() != SendingState.RECALLED) {
            throw new ProblemException(
                    ErrorCode.NOT_SENT,
                    "Only a notification that was sent and is still valid can be recalled; its state is "
                            + after.state(clock.millis()).wireName() + ".");
        }
        if (recalled) {
            tell(after);
        }
        return after;
    }

    /** It is recalled already; whoever looks at it next tells of it if this fails. */
    private void tell(SendingEntry entry) {
        try {
            publisher.tellRecall(entry);
        } catch (BackplaneUnavailableException | DataAccessException e) {
            log.debug("The recall of {} is told later", entry.id(), e);
        }
    }

    private SendingEntry existing(String id) {
        SendingEntry entry = store.find(id);
        if (entry == null) {
            throw new ProblemException(
                    ErrorCode.SENDING_UNKNOWN, "There is no such sending; it may be too old to be kept.");
        }
        return entry;
    }

    /**
     * A sending.
     *
     * @throws ProblemException {@code sending_unknown}
     */
    public SendingEntry find(String id) {
        return existing(id);
    }

    /** When a sending was recalled; null if it was not, or is no longer kept. */
    public @Nullable Instant recalledAt(String id) {
        SendingEntry entry = store.find(id);
        return entry == null || entry.stored() != SendingState.RECALLED || entry.endedAt() == null
                ? null
                : Instant.ofEpochMilli(entry.endedAt());
    }

    /** Redis' time, in milliseconds since 1970. */
    public long now() {
        return clock.millis();
    }
}
