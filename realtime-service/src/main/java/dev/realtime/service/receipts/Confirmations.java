package dev.realtime.service.receipts;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.service.backplane.AcceptedKeys;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.fanout.Withheld;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.Confirmation.Step;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.receipts.ReceiptStore.Confirmed;
import dev.realtime.service.receipts.ReceiptStore.Opening;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What senders and clients do about receipts. Every method waits for Redis and must not be called on an event loop.
 *
 * <p>Metric: {@code realtime.receipts.confirmed}, the users who have confirmed something to this instance.
 */
@Component
public final class Confirmations {

    private static final Logger log = LoggerFactory.getLogger(Confirmations.class);

    private static final Pattern ID = Pattern.compile("\\d{1,15}-\\d{1,15}");

    /** What a receipt takes before it has many users. */
    private static final long ROOM_FOR = 64 * 1024L;

    private final ReceiptStore store;
    private final ReceiptNotes notes;
    private final Predicate<OutgoingEvent> accepted;
    private final Withheld withheld;
    private final LongSupplier clock;
    private final Counter confirmed;

    @Autowired
    Confirmations(
            ReceiptStore store,
            ReceiptNotes notes,
            AcceptedKeys accepted,
            Withheld withheld,
            ClusterClock clock,
            MeterRegistry meters) {
        this(store, notes, accepted::contain, withheld, clock::millis, meters);
    }

    /** For tests, with their own clock in milliseconds since 1970. */
    Confirmations(
            ReceiptStore store,
            ReceiptNotes notes,
            Predicate<OutgoingEvent> accepted,
            Withheld withheld,
            LongSupplier clock,
            MeterRegistry meters) {
        this.store = store;
        this.notes = notes;
        this.accepted = accepted;
        this.withheld = withheld;
        this.clock = clock;
        this.confirmed = Counter.builder("realtime.receipts.confirmed")
                .description("Notifications that users have confirmed to this instance")
                .register(meters);
    }

    /**
     * Makes sure that the receipt of an event can be kept, before the event is published. Does nothing for an event that
     * nobody has to confirm, nor for a repeated one, whose receipt was opened by the first.
     *
     * @throws ProblemException {@code receipts_full} when there is no room for it
     * @throws DataAccessException when Redis does not answer
     */
    public void beforePublishing(OutgoingEvent event) {
        if (event.confirmation() != null && !store.makeRoom(ROOM_FOR) && !accepted.test(event)) {
            throw new ProblemException(
                    ErrorCode.RECEIPTS_FULL,
                    "Too many notifications wait for confirmation, so no receipt can be kept; nothing was accepted."
                            + " Please try again later, or send it without confirm.");
        }
    }

    /**
     * Opens the receipt of an event that Redis has, so that it exists even if nobody is online to read the event. An
     * instance that reads the event does the same, so a failure matters little and is not reported.
     *
     * @param id the event's id
     */
    public void published(String id, OutgoingEvent event) {
        Confirmation confirmation = event.confirmation();
        if (confirmation == null) {
            return;
        }
        Opening opening = new Opening(
                ReceiptHead.of(confirmation, event.rooms(), event.sending()),
                new String(event.payload(), StandardCharsets.UTF_8));
        try {
            store.note(id, opening, Step.SENT, "", clock.getAsLong(), Map.of());
        } catch (DataAccessException e) {
            log.debug("The receipt {} was not opened by its sender", id, e);
        }
    }

    /**
     * Confirms a notification for a user; confirming it twice is fine.
     *
     * @param id what the client was given as {@code confirmId}
     * @return false if no such notification was written to the user, or its receipt is no longer kept
     * @throws ProblemException {@code confirm_recalled} when it was recalled before the user confirmed
     * @throws DataAccessException when Redis does not answer; nothing is known to be confirmed
     */
    public boolean confirm(String id, String userKey) {
        if (!ID.matcher(id).matches()) {
            return false;
        }
        notes.flush();
        Confirmed result = store.confirm(id, userKey, clock.getAsLong(), withheld.isRecalled(id));
        if (result == Confirmed.RECALLED) {
            throw new ProblemException(
                    ErrorCode.CONFIRM_RECALLED, "The notification was recalled, so it cannot be confirmed any more.");
        }
        if (result == Confirmed.FIRST) {
            confirmed.increment();
        }
        return result != Confirmed.UNKNOWN;
    }

    /**
     * Whether everybody whom a notification was written to has confirmed it.
     *
     * @param id the id of its event
     * @throws DataAccessException when Redis does not answer
     */
    public boolean isConfirmedByAll(String id) {
        notes.flush();
        Receipt receipt = store.find(id);
        return receipt != null && receipt.isConfirmedByAll();
    }

    /**
     * Notes that a notification was recalled: it is not reminded, not escalated, and nobody else can confirm it.
     *
     * @param id the id of its event
     * @return the rooms that it was escalated to; empty if it was not
     * @throws DataAccessException when Redis does not answer
     */
    public List<Room> recall(String id) {
        boolean escalated = store.recall(id, clock.getAsLong());
        Receipt receipt = escalated ? store.find(id) : null;
        return receipt == null ? List.of() : receipt.head().escalateTo();
    }
}
