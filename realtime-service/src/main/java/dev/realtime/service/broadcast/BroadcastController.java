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
import dev.realtime.service.security.WebhookGuard;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes events from services. A request is judged in this order: is there such an event, is the body small enough, is it
 * JSON by its header, is it JSON in fact, is the token right, is the request valid, is its key; then it is published, and
 * answered once Redis has it.
 */
@RestController
class BroadcastController {

    /** Says in the answer that the event was there already, under the same key. */
    static final String REPLAYED = "Idempotent-Replayed";

    private static final Logger log = LoggerFactory.getLogger(BroadcastController.class);

    private final WebhookGuard guard;
    private final EventPublisher publisher;
    private final BodyMemory memory;

    BroadcastController(WebhookGuard guard, EventPublisher publisher, BodyMemory memory) {
        this.guard = guard;
        this.publisher = publisher;
        this.memory = memory;
    }

    @PostMapping("/api/v1/broadcast/{event}")
    ResponseEntity<BroadcastAccepted> broadcast(@PathVariable("event") String path, HttpServletRequest request)
            throws IOException {
        BroadcastEvent event = BroadcastEvent.ofPath(path)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.EVENT_UNKNOWN, "There is no such event to broadcast; see /api/docs."));
        try (BodyMemory.Share share = memory.open()) {
            byte[] body = RequestBody.read(request, share);
            ScannedRequest scanned = PayloadScanner.request(event, body, Instant.now());
            guard.check(request, scanned.token());
            Broadcast broadcast = scanned.broadcast();
            return answer(broadcast, publish(broadcast, key(request, event, scanned)));
        } catch (InvalidPayloadException e) {
            throw refusal(e);
        }
    }

    private static @Nullable IdempotenceKey key(
            HttpServletRequest request, BroadcastEvent event, ScannedRequest scanned) {
        String key = IdempotencyHeader.of(request);
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

    private static ResponseEntity<BroadcastAccepted> answer(Broadcast broadcast, PublishedEvent published) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                // Not negotiated: it is too late to refuse a client that accepts no JSON.
                .contentType(MediaType.APPLICATION_JSON);
        if (published.repeated()) {
            answer.header(REPLAYED, "true");
        }
        return answer.body(
                new BroadcastAccepted(true, published.id(), broadcast.event().wireName(), broadcast.rooms()));
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
