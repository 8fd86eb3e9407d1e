package dev.realtime.service.broadcast;

import dev.realtime.contracts.BroadcastAccepted;
import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.IdempotenceKeyReusedException;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.OutgoingEvent.IdempotenceKey;
import dev.realtime.service.backplane.PublishedEvent;
import dev.realtime.service.payload.InvalidPayloadException;
import dev.realtime.service.payload.PayloadScanner;
import dev.realtime.service.payload.ScannedRequest;
import dev.realtime.service.payload.ScannedRequest.Broadcast;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.security.RequestHeaders;
import dev.realtime.service.security.WebhookGuard;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes events from services, by whatever way they came in. A request whose event there is and whose body is small enough
 * is judged in this order: is it JSON by its header, is it JSON in fact, is the token right, is the request valid, is its
 * key; then it is published, and answered once Redis has it.
 */
@Component
final class BroadcastRequests {

    /** Says in the answer that the event was there already, under the same key. */
    static final String REPLAYED = "Idempotent-Replayed";

    private static final Logger log = LoggerFactory.getLogger(BroadcastRequests.class);

    private final WebhookGuard guard;
    private final EventPublisher publisher;

    BroadcastRequests(WebhookGuard guard, EventPublisher publisher) {
        this.guard = guard;
        this.publisher = publisher;
    }

    /**
     * An event that Redis has.
     *
     * @param repeated whether it had it before, under the same key
     */
    record Done(BroadcastAccepted answer, boolean repeated) {}

    /**
     * Waits for Redis.
     *
     * @throws ProblemException when the request is refused
     */
    Done take(BroadcastEvent event, RequestHeaders headers, byte[] body) {
        RequestBody.checkHeaders(headers);
        try {
            ScannedRequest scanned = PayloadScanner.request(event, body, Instant.now());
            guard.check(headers, scanned.token());
            Broadcast broadcast = scanned.broadcast();
            PublishedEvent published = publish(broadcast, key(headers, event, scanned));
            return new Done(
                    new BroadcastAccepted(true, published.id(), event.wireName(), broadcast.rooms()),
                    published.repeated());
        } catch (InvalidPayloadException e) {
            throw refusal(e);
        }
    }

    private static @Nullable IdempotenceKey key(RequestHeaders headers, BroadcastEvent event, ScannedRequest scanned) {
        String key = IdempotencyHeader.of(headers);
        return key == null ? null : new IdempotenceKey(event.wireName(), key, scanned.fingerprint());
    }

    private PublishedEvent publish(Broadcast broadcast, @Nullable IdempotenceKey key) {
        try {
            return publisher.publish(new OutgoingEvent(broadcast.event(), broadcast.rooms(), broadcast.payload(), key));
        } catch (BackplaneUnavailableException e) {
            log.debug("{} was refused", broadcast.event().wireName(), e);
            throw new ProblemException(
                    ErrorCode.BACKPLANE_UNAVAILABLE, "Redis is away; nothing was accepted. Please try again.");
        } catch (IdempotenceKeyReusedException e) {
            throw new ProblemException(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used with another body.");
        }
    }

    private static ProblemException refusal(InvalidPayloadException e) {
        if (e.code() != ErrorCode.VALIDATION_FAILED) {
            return new ProblemException(e.code(), e.violations().getFirst().message());
        }
        List<Problem.FieldError> errors = e.violations().stream()
                .map(violation -> new Problem.FieldError(violation.path(), violation.message()))
                .toList();
        return new ProblemException(e.code(), String.valueOf(e.getMessage()), errors);
    }
}
