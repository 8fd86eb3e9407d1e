package dev.realtime.stream.binder.redis.producer;

import dev.realtime.stream.binder.redis.RecordMetadata;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.SendOutcomeUnknownException;
import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.Failures;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.connection.SharedLink;
import dev.realtime.stream.binder.redis.properties.RedisProducerProperties;
import dev.realtime.stream.binder.redis.provisioning.ConsumerGroups;
import dev.realtime.stream.binder.redis.provisioning.RedisProducerDestination;
import dev.realtime.stream.binder.redis.wire.LostHeaders;
import dev.realtime.stream.binder.redis.wire.RecordCodec;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.BinderHeaders;
import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.integration.support.MutableMessage;
import org.springframework.integration.support.MutableMessageBuilder;
import org.springframework.integration.support.management.ManageableLifecycle;
import org.springframework.integration.support.management.observation.DefaultMessageSenderObservationConvention;
import org.springframework.integration.support.management.observation.IntegrationObservation;
import org.springframework.integration.support.management.observation.MessageSenderContext;
import org.springframework.integration.support.utils.PatternMatchUtils;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;

/**
 * Writes the messages of one binding to a stream.
 *
 * <p>Every message has exactly one outcome, which is reported to the caller's future, to the metadata and confirm
 * channels or the error channel, and (with synchronous sending) by returning or throwing.
 */
public final class RedisStreamMessageHandler extends AbstractMessageHandler implements ManageableLifecycle {

    private final RedisProducerDestination destination;
    private final RedisProducerProperties properties;
    private final List<String> requiredGroups;
    private final Predicate<String> headers;
    private final LostHeaders lostHeaders;
    private final SharedLink link;
    private final boolean ownLink;
    private final StreamAppender appender;
    private final Trimming trimming;
    private final SendOutcomes outcomes;
    private final PendingSends pendingSends = new PendingSends();
    private @Nullable ObservationRegistry observations;
    private volatile boolean groupsEnsured;
    private volatile boolean running;

    /**
     * @param destination where to write
     * @param properties how to write
     * @param requiredGroups groups that must exist before the first entry
     * @param withHeaders whether entries carry the message's headers
     * @param link the connection to write over
     * @param ownLink whether the connection belongs to this binding and stops with it
     * @param outcomes reports the outcome of each message
     */
    public RedisStreamMessageHandler(
            RedisProducerDestination destination,
            RedisProducerProperties properties,
            List<String> requiredGroups,
            boolean withHeaders,
            SharedLink link,
            boolean ownLink,
            SendOutcomes outcomes) {
        this.destination = destination;
        this.properties = properties;
        this.requiredGroups = requiredGroups;
        this.headers = withHeaders ? headers(properties.getHeaderPatterns()) : name -> false;
        this.lostHeaders = new LostHeaders(destination.getName());
        this.link = link;
        this.ownLink = ownLink;
        this.appender = new StreamAppender(
                link,
                properties.getWaitReplicas(),
                // Shorter than the send timeout, so that the answer arrives in time to tell how many replicas have the
                // entry.
                properties.getSendTimeout().multipliedBy(3).dividedBy(4));
        this.outcomes = outcomes;
        this.trimming = new Trimming(properties, link, outcomes.executor());
    }

    @Override
    public void start() {
        link.start();
        trimming.start();
        running = true;
        try {
            ensureGroups();
        } catch (RuntimeException failure) {
            logger.warn("The groups of " + destination + " will be created by the first message: "
                    + Failures.summary(failure));
        }
    }

    @Override
    public void stop() {
        running = false;
        trimming.stop();
        pendingSends.await(properties.getSendTimeout());
        if (ownLink) {
            link.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Observes every send and adds the trace to the headers. Call before the start. */
    public void observe(ObservationRegistry registry) {
        observations = registry;
    }

    @Override
    protected void handleMessageInternal(Message<?> message) {
        ObservationRegistry registry = observations;
        if (registry == null) {
            handle(message);
            return;
        }
        // Mutable, so that the trace can be added to the headers.
        MutableMessage<?> carrier =
                (MutableMessage<?>) MutableMessageBuilder.fromMessage(message).build();
        IntegrationObservation.PRODUCER
                .observation(
                        null,
                        DefaultMessageSenderObservationConvention.INSTANCE,
                        () -> new MessageSenderContext(carrier, destination.getName()),
                        registry)
                .observe(() -> handle(carrier));
    }

    private void handle(Message<?> message) {
        CompletableFuture<RecordMetadata> sending = send(message);
        if (properties.isSync()) {
            complete(message, sending);
        } else {
            pendingSends.add(
                    sending.orTimeout(properties.getSendTimeout().toMillis(), TimeUnit.MILLISECONDS),
                    sending.whenCompleteAsync(
                            (metadata, failure) -> {
                                if (failure == null) {
                                    outcomes.sent(message, metadata);
                                } else {
                                    outcomes.failed(message, asFailure(message, failure));
                                }
                            },
                            outcomes.executor()));
        }
    }

    private CompletableFuture<RecordMetadata> send(Message<?> message) {
        try {
            ensureGroups();
            String stream = stream(message);
            CompletableFuture<RecordMetadata> sending = appender.append(
                    stream,
                    trimming.arguments(),
                    RecordCodec.encode(message, headers, lostHeaders),
                    Idempotence.of(message.getHeaders(), properties.getIdempotenceTtl()));
            trimming.afterwards(stream);
            return sending;
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void complete(Message<?> message, CompletableFuture<RecordMetadata> sending) {
        try {
            outcomes.sent(message, sending.get(properties.getSendTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw outcomes.failed(message, asFailure(message, failure));
        } catch (ExecutionException | TimeoutException failure) {
            throw outcomes.failed(message, asFailure(message, failure));
        }
    }

    private MessageHandlingException asFailure(Message<?> message, Throwable failure) {
        Throwable cause = failure instanceof ExecutionException || failure instanceof CompletionException
                ? failure.getCause()
                : failure;
        if (cause instanceof TimeoutException && running) {
            appender.suspectConnection();
        }
        if (cause instanceof TimeoutException || cause instanceof InterruptedException) {
            cause = new SendOutcomeUnknownException(
                    "Redis did not answer within %s for %s".formatted(properties.getSendTimeout(), destination), cause);
        }
        return new MessageHandlingException(
                message, "Sending to " + destination + " failed", cause == null ? failure : cause);
    }

    private String stream(Message<?> message) {
        if (destination.partitions() == 0) {
            return destination.key();
        }
        Integer partition = message.getHeaders().get(BinderHeaders.PARTITION_HEADER, Integer.class);
        if (partition == null) {
            throw new IllegalArgumentException("The message has no header " + BinderHeaders.PARTITION_HEADER + ", but "
                    + destination + " is partitioned");
        }
        return destination.getNameForPartition(partition);
    }

    private void ensureGroups() {
        if (groupsEnsured) {
            return;
        }
        if (!requiredGroups.isEmpty()) {
            for (String stream : destination.streams()) {
                RedisLink now = link.require(stream);
                requiredGroups.forEach(group -> ConsumerGroups.ensure(now, stream, group, StreamId.ZERO));
            }
        }
        groupsEnsured = true;
    }

    @Override
    public String getComponentType() {
        return "redis:stream-outbound";
    }

    private static Predicate<String> headers(String[] patterns) {
        return name -> Boolean.TRUE.equals(PatternMatchUtils.smartMatch(name, patterns));
    }

    /** The future in the message's headers, if any. */
    @SuppressWarnings("unchecked")
    static @Nullable CompletableFuture<RecordMetadata> future(Message<?> message) {
        return message.getHeaders().get(RedisBinderHeaders.RECORD_METADATA_FUTURE)
                        instanceof CompletableFuture<?> future
                ? (CompletableFuture<RecordMetadata>) future
                : null;
    }
}
