package dev.realtime.service.backplane;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.backplane.OutgoingEvent.IdempotenceKey;
import dev.realtime.service.bindings.OutputBindings;
import dev.realtime.stream.binder.redis.IdempotenceConflictException;
import dev.realtime.stream.binder.redis.RecordMetadata;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;

/**
 * Publishes by the binding {@code events-out}. Every event has an idempotence key, if not the caller's then one of its
 * own, so that trying again after a lost answer doubles nothing.
 */
@Component
final class StreamEventPublisher implements EventPublisher {

    static final String BINDING = "events-out";

    private static final Logger log = LoggerFactory.getLogger(StreamEventPublisher.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final OutputBindings bindings;
    private final BackplaneProperties properties;
    /** Begins the keys of events that came without one; the number behind it is of this process. */
    private final String ownKeys = "own:" + UUID.randomUUID() + ":";

    private final AtomicLong ownNumber = new AtomicLong();
    private final Counter published;
    private final Counter unavailable;

    StreamEventPublisher(OutputBindings bindings, BackplaneProperties properties, MeterRegistry meters) {
        this.bindings = bindings;
        this.properties = properties;
        this.published = Counter.builder("realtime.backplane.published")
                .description("Events that Redis has taken")
                .register(meters);
        this.unavailable = Counter.builder("realtime.backplane.unavailable")
                .description("Events that Redis did not take in time")
                .register(meters);
    }

    @Override
    public PublishedEvent publish(OutgoingEvent event) {
        String key = streamKey(event.key());
        long deadline = System.nanoTime() + properties.retryFor().toNanos();
        while (true) {
            try {
                RecordMetadata added = send(event, key);
                published.increment();
                return new PublishedEvent(added.id(), added.duplicate());
            } catch (RuntimeException e) {
                IdempotenceConflictException conflict = cause(e, IdempotenceConflictException.class);
                if (conflict != null) {
                    throw new IdempotenceKeyReusedException(conflict);
                }
                if (System.nanoTime() + PAUSE.toNanos() >= deadline || !pause()) {
                    unavailable.increment();
                    log.debug("An event was not published", e);
                    throw new BackplaneUnavailableException("Redis did not take the event in time", e);
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
                .setHeader(RedisBinderHeaders.IDEMPOTENCE_TTL, properties.idempotence())
                .setHeader(RedisBinderHeaders.IDEMPOTENCE_FINGERPRINT, callers == null ? "" : callers.fingerprint())
                .setHeader(RedisBinderHeaders.RECORD_METADATA_FUTURE, added);
        bindings.send(BINDING, message);
        // The binding is synchronous: whoever gets here without an exception has an answer.
        return added.join();
    }

    private String streamKey(@Nullable IdempotenceKey key) {
        return key == null ? ownKeys + ownNumber.incrementAndGet() : key.scope() + ":" + key.key();
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
