package dev.realtime.service.admin;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.contracts.admin.WhyAnswer;
import dev.realtime.contracts.admin.WhyReason;
import dev.realtime.service.backplane.StreamedEvent;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.SendingRef;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.sendings.Sendings;
import dev.realtime.service.why.Question;
import dev.realtime.service.why.Question.Withheld;
import dev.realtime.service.why.Why;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why a user did or did not get an event. */
@RestController
class WhyController {

    private final StreamHistory history;
    private final AdminReads reads;
    private final Sendings sendings;
    private final Why why;

    WhyController(StreamHistory history, AdminReads reads, Sendings sendings, Why why) {
        this.history = history;
        this.reads = reads;
        this.sendings = sendings;
        this.why = why;
    }

    /**
     * Tells why a user did or did not get an event.
     *
     * @param event the event's id in the stream
     * @param user the user's id
     */
    @GetMapping("/api/v1/admin/why")
    WhyAnswer why(
            @RequestParam(required = false) @Nullable String event,
            @RequestParam(required = false) @Nullable String user) {
        String id = Inputs.eventId("event", event);
        if (user == null || user.isEmpty()) {
            throw Inputs.refused("user", "is required");
        }
        String userKey = Inputs.userKey(user);
        StreamedEvent found = reads.read(() -> find(id));
        // Outside the bound of reads, since it may wait for other instances.
        try {
            return why.answer(new Question(
                    StreamId.parse(id), Set.copyOf(found.rooms()), userKey, receipt(id, found), withheld(found)));
        } catch (DataAccessException e) {
            throw Audited.unavailable(e);
        }
    }

    private static @Nullable String receipt(String id, StreamedEvent event) {
        Confirmation confirmation = event.confirmation();
        return confirmation == null ? null : confirmation.receiptOf(id);
    }

    /** When the notification was recalled or ran out, whichever came first. */
    private @Nullable Withheld withheld(StreamedEvent event) {
        SendingRef sending = event.sending();
        String id = sending == null ? null : sending.sending();
        Instant recalled = id == null || !isNotification(event) ? null : sendings.recalledAt(id);
        Instant until = sending == null ? null : sending.until();
        if (recalled != null && (until == null || recalled.isBefore(until))) {
            return new Withheld(WhyReason.RECALLED, recalled);
        }
        return until == null ? null : new Withheld(WhyReason.EXPIRED, until);
    }

    /** The recall itself is an event of the sending too, and always good. */
    private static boolean isNotification(StreamedEvent event) {
        return event.event() == BroadcastEvent.NOTIFICATION;
    }

    private StreamedEvent find(String id) {
        return history.find(StreamHeaders.EVENTS_DESTINATION, id)
                .map(StreamedEvent::in)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.NOT_FOUND,
                        "There is no such event in the stream; it may have been trimmed, or it was not valid."));
    }
}
