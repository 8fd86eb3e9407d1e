package dev.realtime.service.broadcast;

import dev.realtime.contracts.BroadcastAccepted;
import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.admin.Sender;
import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.IdempotenceKeyReusedException;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.OutgoingEvent.IdempotenceKey;
import dev.realtime.service.backplane.PublishedEvent;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.InvalidPayloadException;
import dev.realtime.service.payload.PayloadScanner;
import dev.realtime.service.payload.ScannedRequest;
import dev.realtime.service.payload.ScannedRequest.Broadcast;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.receipts.Confirmations;
import dev.realtime.service.redis.RedisRefusal;
import dev.realtime.service.security.RequestHeaders;
import dev.realtime.service.security.WebhookGuard;
import dev.realtime.service.security.WebhookService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Takes events from services. Unknown events, wrong tokens in headers and bodies that are too large have already been
 * refused. The remaining checks run in this order: the media type, the JSON syntax, the token in the body, whether the
 * service may post this event, the request's members, its idempotence key, the service's rate. Then the event is
 * published, and answered once Redis has it.
 */
@Component
final class BroadcastRequests {

    /** Set on the answer when the event was already there under the same key. */
    static final String REPLAYED = IdempotencyHeader.REPLAYED;

    private static final Logger log = LoggerFactory.getLogger(BroadcastRequests.class);

    private final WebhookGuard guard;
    private final EventPublisher publisher;
    private final Confirmations confirmations;
    private final AcceptedEvents accepted;

    BroadcastRequests(
            WebhookGuard guard, EventPublisher publisher, Confirmations confirmations, AcceptedEvents accepted) {
        this.guard = guard;
        this.publisher = publisher;
        this.confirmations = confirmations;
        this.accepted = accepted;
    }

    /**
     * An event that Redis has.
     *
     * @param repeated whether Redis already had it under the same key
     */
    record Done(BroadcastAccepted answer, boolean repeated) {}

    /**
     * Waits for Redis.
     *
     * @param shown the service that the headers authenticate; null when they carry no token
     * @throws ProblemException when the request is refused
     */
    Done take(BroadcastEvent event, @Nullable WebhookService shown, RequestHeaders headers, byte[] body) {
        BodyHeaders.check(headers);
        try {
            ScannedRequest scanned = PayloadScanner.request(event, body, Instant.now());
            WebhookService service = guard.check(shown, scanned.token());
            checkEvent(service, event);
            Broadcast broadcast = scanned.broadcast();
            IdempotenceKey key = key(headers, event, scanned);
            if (!service.take()) {
                throw new ProblemException(
                        ErrorCode.TOO_MANY_EVENTS,
                        "This service exceeds its limit of events per second; please try again.");
            }
            PublishedEvent published = publish(broadcast, key, service);
            accepted.note(service, event);
            return new Done(
                    new BroadcastAccepted(true, published.id(), event.wireName(), broadcast.rooms()),
                    published.repeated());
        } catch (InvalidPayloadException e) {
            throw refusal(e);
        }
    }

    /** @throws ProblemException when the service may not post this event */
    static void checkEvent(WebhookService service, BroadcastEvent event) {
        if (!service.mayPost(event)) {
            throw new ProblemException(ErrorCode.EVENT_FORBIDDEN, "This service may not post this event.");
        }
    }

    private static @Nullable IdempotenceKey key(RequestHeaders headers, BroadcastEvent event, ScannedRequest scanned) {
        String key = IdempotencyHeader.of(headers);
        return key == null ? null : new IdempotenceKey(event.wireName(), key, scanned.fingerprint());
    }

    private PublishedEvent publish(Broadcast broadcast, @Nullable IdempotenceKey key, WebhookService service) {
        Confirmation confirmation = broadcast.confirmation();
        OutgoingEvent event = new OutgoingEvent(
                broadcast.event(),
                broadcast.rooms(),
                broadcast.payload(),
                key,
                service.name(),
                confirmation == null ? null : confirmation.from(Sender.service(service.name())));
        try {
            confirmations.beforePublishing(event);
            PublishedEvent published = publisher.publish(event);
            confirmations.published(published.id(), event);
            return published;
        } catch (BackplaneUnavailableException e) {
            log.debug("The event {} was refused", broadcast.event().wireName(), e);
            throw new ProblemException(e.code(), e.reason() + "; nothing was accepted. Please try again.");
        } catch (DataAccessException e) {
            log.debug("The event {} was refused", broadcast.event().wireName(), e);
            throw new ProblemException(
                    RedisRefusal.codeOf(e), RedisRefusal.reasonOf(e) + "; nothing was accepted. Please try again.");
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
