package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.DeadLetterAlarmEvent;
import dev.realtime.stream.binder.redis.DeadLetterHeaders;
import dev.realtime.stream.binder.redis.RecordMetadata;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.producer.Idempotence;
import dev.realtime.stream.binder.redis.producer.StreamAppender;
import dev.realtime.stream.binder.redis.wire.RecordCodec;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binder.BinderHeaders;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.support.ErrorMessage;

/**
 * Writes failed entries into the dead letter stream: the original entry, with headers for its origin and the failure.
 * As a message handler, receives the error messages of the binding's error channel.
 */
public final class DeadLetters implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final StreamAppender appender;
    private final DeadLetterSettings settings;
    private final Function<String, DeadLetterStream> streams;
    private final Consumer<StreamRecord> published;
    private final ApplicationEventPublisher events;

    /**
     * @param appender writes the dead letters
     * @param settings what they contain
     * @param streams the dead letter stream of a stream
     * @param published receives each entry that became a dead letter
     * @param events receives {@link DeadLetterAlarmEvent}
     */
    public DeadLetters(
            StreamAppender appender,
            DeadLetterSettings settings,
            Function<String, DeadLetterStream> streams,
            Consumer<StreamRecord> published,
            ApplicationEventPublisher events) {
        this.appender = appender;
        this.settings = settings;
        this.streams = streams;
        this.published = published;
        this.events = events;
    }

    @Override
    public void handleMessage(Message<?> message) {
        Message<?> original = message instanceof ErrorMessage error ? error.getOriginalMessage() : null;
        Object source =
                original == null ? null : original.getHeaders().get(IntegrationMessageHeaderAccessor.SOURCE_DATA);
        if (original == null || source == null) {
            throw new MessagingException(message, "The message has no entry to publish as a dead letter");
        }
        List<?> entries = source instanceof List<?> batch ? batch : List.of(source);
        List<?> headers = original.getHeaders().get(BinderHeaders.BATCH_HEADERS) instanceof List<?> ofEach
                ? ofEach
                : List.of(original.getHeaders());
        for (int i = 0; i < entries.size(); i++) {
            publish((StreamRecord) entries.get(i), deliveries(headers.get(i)), (Throwable) message.getPayload());
        }
    }

    private static long deliveries(Object headers) {
        return headers instanceof Map<?, ?> map && map.get(RedisBinderHeaders.DELIVERY_COUNT) instanceof Long count
                ? count
                : 1;
    }

    /** Publishes an entry as a dead letter. Returns once Redis has accepted it; throws if that is not certain. */
    public void publish(StreamRecord entry, long deliveries, Throwable failure) {
        DeadLetterStream stream = streams.apply(entry.stream());
        Map<String, Object> why = new LinkedHashMap<>();
        // An entry that was put back keeps its first id.
        if (entry.onlyGroup() == null) {
            why.put(DeadLetterHeaders.ORIGINAL_STREAM, entry.stream());
            why.put(DeadLetterHeaders.ORIGINAL_ID, entry.id());
        }
        why.put(DeadLetterHeaders.ORIGINAL_GROUP, settings.group());
        why.put(DeadLetterHeaders.DELIVERY_COUNT, deliveries);
        Throwable cause =
                failure instanceof MessagingException && failure.getCause() != null ? failure.getCause() : failure;
        why.put(DeadLetterHeaders.EXCEPTION_FQCN, cause.getClass().getName());
        why.put(DeadLetterHeaders.EXCEPTION_MESSAGE, String.valueOf(cause.getMessage()));
        if (settings.stackTraceMaxLength() > 0) {
            why.put(DeadLetterHeaders.EXCEPTION_STACKTRACE, stackTrace(cause));
        }
        List<byte[]> trim = settings.maxLength() > 0
                ? List.of(
                        StreamKeys.bytes("MAXLEN"),
                        StreamKeys.bytes("~"),
                        StreamKeys.bytes(Long.toString(settings.maxLength())))
                : List.of();
        // With an idempotence key: the entry is acknowledged afterwards, so a crash in between publishes it again.
        Idempotence once = new Idempotence(settings.group() + " " + entry.stream() + " " + entry.id(), REMEMBERED, "");
        await(appender.append(stream.key(), trim, RecordCodec.encode(entry, why), once), stream);
        published.accept(entry);
        if (stream.added()) {
            alarm(entry.stream(), stream);
        }
    }

    private void alarm(String failing, DeadLetterStream stream) {
        log.error(
                "There are {} dead letters in {}; dlq-alarm-length is {}",
                stream.length(),
                stream.key(),
                stream.alarmLength());
        try {
            events.publishEvent(new DeadLetterAlarmEvent(
                    stream.key(), failing, settings.group(), stream.length(), stream.alarmLength()));
        } catch (RuntimeException failure) {
            // A failing listener must not make the entry fail again.
            log.warn("A listener of the alarm for {} failed", stream.key(), failure);
        }
    }

    private void await(CompletableFuture<RecordMetadata> sending, DeadLetterStream stream) {
        try {
            sending.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Interrupted while publishing a dead letter", failure);
        } catch (ExecutionException | TimeoutException failure) {
            throw new MessagingException("A dead letter could not be published to " + stream.key(), failure);
        }
    }

    private String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.getBuffer().substring(0, Math.min(text.getBuffer().length(), settings.stackTraceMaxLength()));
    }
}
