package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.Backoff;
import dev.realtime.stream.binder.redis.connection.Failures;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics.Event;
import dev.realtime.stream.binder.redis.properties.StartOffset;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.Lifecycle;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.integration.core.MessageSource;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;

/**
 * Supplies a polled consumer with entries. Each message carries its acknowledgement; a requeued entry is the next one
 * again. While Redis is unavailable, polling returns nothing.
 */
public final class RedisStreamMessageSource implements MessageSource<Object>, Lifecycle {

    private static final Logger log = LoggerFactory.getLogger(RedisStreamMessageSource.class);

    private final StreamReader reader;
    private final boolean anonymous;
    private final @Nullable String group;
    private final Delivery delivery;
    private final RedisConnections connections;
    private final @Nullable DeadLetters deadLetters;
    private final Backoff backoff;
    private final StreamMetrics metrics;
    /** Never started: only the subject of events and meters. */
    private final ReadLoop subscription;

    private final Deque<StreamRecord> ready = new ArrayDeque<>();
    private CompletableFuture<@Nullable Void> stopped = CompletableFuture.completedFuture(null);
    private long notBefore = System.nanoTime();
    private boolean running;

    /**
     * @param connections opens connections
     * @param settings what to read; one stream
     * @param metrics counts
     * @param events receives gaps and rollbacks
     * @param deadLetters receives entries that are given up, or {@code null}
     */
    public RedisStreamMessageSource(
            RedisConnections connections,
            ConsumerSettings settings,
            StreamMetrics metrics,
            ApplicationEventPublisher events,
            @Nullable DeadLetters deadLetters) {
        this.connections = connections;
        this.deadLetters = deadLetters;
        this.backoff = new Backoff(settings.loop().recoveryInterval());
        this.delivery = Delivery.messagesOnly(settings.withHeaders());
        String stream = settings.streams().get(0);
        LoopEvents tells = new LoopEvents(settings.properties().getOnGap(), metrics, events, deadLetters);
        this.anonymous = settings.group() == null;
        this.group = settings.group();
        this.reader = settings.group() == null
                ? new PositionReader(
                        connections,
                        null,
                        stream,
                        settings.properties().getBatchSize(),
                        settings.loop().block(),
                        settings.properties().getStartOffset() == StartOffset.EARLIEST,
                        tells)
                : new GroupReader(
                        connections,
                        GroupSettings.of(settings.group(), settings.loop().block(), settings.properties())
                                .oneByOne(),
                        stream,
                        ConsumerNames.of(settings.properties().getConsumerName(), 0),
                        tells);
        this.metrics = metrics;
        this.subscription = new ReadLoop(settings.loop(), stream, settings.group(), reader, (e, r, a) -> {}, metrics);
        tells.about(subscription);
    }

    @Override
    public synchronized void start() {
        if (!running) {
            connections.reserveReaders(1);
            stopped = new CompletableFuture<>();
            running = true;
            metrics.subscribed(subscription, subscription);
            connect();
        }
    }

    @Override
    public synchronized void stop() {
        if (running) {
            running = false;
            stopped.complete(null);
            reader.release();
            ready.clear();
            reader.disconnect();
            connections.releaseReader();
            metrics.unsubscribed(subscription);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    @Override
    public synchronized @Nullable Message<Object> receive() {
        if (!running) {
            return null;
        }
        while (true) {
            if (ready.isEmpty()) {
                fill();
            }
            StreamRecord entry = ready.poll();
            if (entry == null) {
                return null;
            }
            Message<Object> message = take(entry);
            if (message != null) {
                return message;
            }
        }
    }

    /** The message of an entry; {@code null} if it is not to be handed over. */
    private @Nullable Message<Object> take(StreamRecord entry) {
        if (!entry.isFor(group)) {
            settle(entry);
            return null;
        }
        try {
            if (reader.take(List.of(entry)).isEmpty()) {
                return null;
            }
        } catch (RuntimeException failure) {
            failed(failure);
            return null;
        }
        try {
            return message(entry);
        } catch (MessageConversionException wrong) {
            log.error("Entry {} cannot be polled: {}", entry, wrong.getMessage());
            giveUp(entry, reader.deliveries(entry), wrong);
            return null;
        }
    }

    /** Publishes a dead letter; without it, the entry stays pending. */
    private void giveUp(StreamRecord entry, long deliveries, Throwable why) {
        if (deadLetters == null) {
            reader.failed(entry);
            return;
        }
        try {
            deadLetters.publish(entry, deliveries, why);
        } catch (RuntimeException refused) {
            log.error("Entry {} stays pending: {}", entry, Failures.summary(refused));
            reader.failed(entry);
            return;
        }
        settle(entry);
    }

    private void fill() {
        if (!reader.isConnected() && (System.nanoTime() - notBefore < 0 || !connect())) {
            return;
        }
        try {
            reader.settle();
            ready.addAll(reader.poll(stopped));
            subscription.polled();
            if (anonymous) {
                // From here on only this queue has them.
                ready.forEach(entry -> reader.handled(List.of(entry)));
            }
        } catch (RuntimeException failure) {
            failed(failure);
        }
    }

    private void failed(RuntimeException failure) {
        reader.disconnect();
        log.warn("Polling failed: {}", Failures.summary(failure));
    }

    private boolean connect() {
        try {
            reader.connect();
            if (!anonymous) {
                // Entries that were read but not handed out are pending and will be read again.
                ready.clear();
            }
            backoff.reset();
            return true;
        } catch (RuntimeException failure) {
            reader.disconnect();
            notBefore = System.nanoTime() + backoff.next().toNanos();
            log.warn("Could not connect for polling: {}", Failures.summary(failure));
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    private Message<Object> message(StreamRecord entry) {
        Message<?> message = delivery.message(entry, reader.deliveries(entry))
                .setHeader(
                        IntegrationMessageHeaderAccessor.ACKNOWLEDGMENT_CALLBACK,
                        new EntryAcknowledgment(new PolledActions(entry)))
                .build();
        return (Message<Object>) message;
    }

    private void settle(StreamRecord entry) {
        if (!anonymous) {
            reader.handled(List.of(entry));
        }
    }

    private final class PolledActions implements EntryAcknowledgment.Actions {

        private final StreamRecord entry;
        private final long deliveries;

        PolledActions(StreamRecord entry) {
            this.entry = entry;
            this.deliveries = reader.deliveries(entry);
        }

        @Override
        public void accept() {
            synchronized (RedisStreamMessageSource.this) {
                settle(entry);
                subscription.count(Event.HANDLED, 1);
            }
        }

        @Override
        public void fail(Throwable failure) {
            synchronized (RedisStreamMessageSource.this) {
                subscription.count(Event.FAILED, 1);
                // Never throws: Spring Cloud Stream would then accept the entry.
                giveUp(entry, deliveries, failure);
            }
        }

        @Override
        public void requeue() {
            synchronized (RedisStreamMessageSource.this) {
                reader.requeue(entry);
                ready.addFirst(entry);
            }
        }
    }
}
