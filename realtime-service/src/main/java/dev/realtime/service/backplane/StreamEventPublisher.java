package dev.realtime.service.backplane;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.backplane.OutgoingEvent.IdempotenceKey;
import dev.realtime.service.bindings.OutputBindings;
import dev.realtime.service.redis.RedisMemory;
import dev.realtime.service.redis.RedisRefusal;
import dev.realtime.service.redis.RedisRefusals;
import dev.realtime.service.redis.RedisRefusals.Use;
import dev.realtime.stream.binder.redis.IdempotenceConflictException;
import dev.realtime.stream.binder.redis.RecordMetadata;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;

/**
 * Publishes through the binding {@code events-out}. Every event has an idempotence key, the caller's or one made here,
 * so that a retry after a lost answer adds no second event.
 */
@Component
final class StreamEventPublisher implements EventPublisher {

    static final String BINDING = "events-out";

    private static final Logger log = LoggerFactory.getLogger(StreamEventPublisher.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /**
     * The service itself sends these events. They are few and small, and what users see of each other must stay true
     * while Redis fills up, as must what was recalled.
     */
    private static final Set<BroadcastEvent> ANNOUNCEMENTS = EnumSet.of(
            BroadcastEvent.USER_ONLINE,
            BroadcastEvent.USER_OFFLINE,
            BroadcastEvent.USER_STATUS,
            BroadcastEvent.CALL_UNANSWERED,
            BroadcastEvent.NOTIFICATION_RECALLED);

    /** Longer than another instance needs to repeat what a dead one may have announced. */
    private static final Duration ANNOUNCEMENT_KEYS = Duration.ofMinutes(2);

    private final OutputBindings bindings;
    private final BackplaneProperties properties;
    private final RedisMemory memory;
    private final RedisRefusals refusals;
    /** The prefix of generated keys, unique to this process; a number follows it. */
    private final String ownKeys = "own:" + UUID.randomUUID() + ":";

    private final AtomicLong ownNumber = new AtomicLong();
    private final Counter published;
    private final Counter unavailable;

    StreamEventPublisher(
            OutputBindings bindings,
            BackplaneProperties properties,
            RedisMemory memory,
            RedisRefusals refusals,
            MeterRegistry meters) {
        this.bindings = bindings;
        this.properties = properties;
        this.memory = memory;
        this.refusals = refusals;
        this.published = Counter.builder("realtime.backplane.published")
                .description("Events that Redis accepted")
                .register(meters);
        this.unavailable = Counter.builder("realtime.backplane.unavailable")
                .description("Events that Redis did not accept in time, refused, or had no room for")
                .register(meters);
    }

    @Override
    public PublishedEvent publish(OutgoingEvent event) {
        if (memory.isFull() && !ANNOUNCEMENTS.contains(event.event())) {
            unavailable.increment();
            throw new BackplaneUnavailableException(RedisRefusal.FULL);
        }
        String key = streamKey(event.key());
        long deadline = System.nanoTime() + properties.retryFor().toNanos();
        RuntimeException refused = null;
        while (true) {
            try {
                RecordMetadata added = send(event, key);
                refusals.cleared(Use.PUBLISHING);
                published.increment();
                return new PublishedEvent(added.id(), added.duplicate());
            } catch (RuntimeException e) {
                IdempotenceConflictException conflict = cause(e, IdempotenceConflictException.class);
                if (conflict != null) {
                    throw new IdempotenceKeyReusedException(conflict);
                }
                RedisRefusal refusal = refusals.note(Use.PUBLISHING, e);
                if (refusal != null) {
                    refused = e;
                }
                boolean mayPass = refusal == null || refusal.mayPass();
                if (!mayPass || System.nanoTime() + PAUSE.toNanos() >= deadline || !pause()) {
                    unavailable.increment();
                    log.debug("An event was not published", e);
                    // A refusal says more than the lost connection that followed it.
                    throw new BackplaneUnavailableException(
                            "Redis did not accept the event", refused == null ? e : refused);
                }
            }
        }
    }

    private RecordMetadata send(OutgoingEvent event, String key) {
        CompletableFuture<RecordMetadata> added = new CompletableFuture<>();
        IdempotenceKey callers = event.key();
        MessageBuilder<byte[]> message = MessageBuilder.withPayload(event.payload())
                .setHeader(StreamHeaders.EVENT, event.event().wireName())
                .setHeader(
                        StreamHeaders.ROOMS,
                        event.rooms().stream().map(Room::toString).toList())
                .setHeader(StreamHeaders.SERVICE, event.service())
                .setHeader(RedisBinderHeaders.IDEMPOTENCE_KEY, key)
                .setHeader(RedisBinderHeaders.IDEMPOTENCE_TTL, remembered(event))
                .setHeader(RedisBinderHeaders.IDEMPOTENCE_FINGERPRINT, callers == null ? "" : callers.fingerprint())
                .setHeader(RedisBinderHeaders.RECORD_METADATA_FUTURE, added);
        if (event.confirmation() != null) {
            event.confirmation().headers().forEach(message::setHeader);
        }
        if (event.sending() != null) {
            event.sending().headers().forEach(message::setHeader);
        }
        bindings.send(BINDING, message);
        // The binding is synchronous: without an exception the answer is there.
        return added.join();
    }

    private Duration remembered(OutgoingEvent event) {
        IdempotenceKey key = event.key();
        if (key == null) {
            return properties.ownIdempotence();
        }
        if (key.remembered() != null) {
            return key.remembered();
        }
        return ANNOUNCEMENTS.contains(event.event()) ? ANNOUNCEMENT_KEYS : properties.idempotence();
    }

    private String streamKey(@Nullable IdempotenceKey key) {
        return key == null ? ownKeys + ownNumber.incrementAndGet() : key.inStream();
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
