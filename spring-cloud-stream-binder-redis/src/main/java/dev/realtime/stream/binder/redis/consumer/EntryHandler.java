package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.consumer.Delivery.Outcome;
import dev.realtime.stream.binder.redis.properties.AckMode;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.BinderHeaders;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.integration.support.MessageBuilder;

/** Turns entries into messages, one per entry or one per batch, and reports their outcome to the reader. */
final class EntryHandler implements ReadLoop.Handler {

    private final Delivery delivery;
    private final boolean batchMode;
    private final boolean manual;
    private final Duration keepInterval;
    private final @Nullable DeadLetters deadLetters;

    /**
     * @param delivery hands messages over
     * @param batchMode whether all entries of a read form one message
     * @param ackMode when entries are acknowledged
     * @param claimMinIdle the idle time after which other consumers would take over entries that wait behind a slow one
     * @param deadLetters receives entries that the application rejects
     */
    EntryHandler(
            Delivery delivery,
            boolean batchMode,
            AckMode ackMode,
            Duration claimMinIdle,
            @Nullable DeadLetters deadLetters) {
        this.delivery = delivery;
        this.batchMode = batchMode;
        this.manual = ackMode == AckMode.MANUAL;
        this.keepInterval = claimMinIdle.dividedBy(3);
        this.deadLetters = deadLetters;
    }

    @Override
    public void handle(List<StreamRecord> entries, StreamReader reader, CompletableFuture<?> abort) {
        if (batchMode) {
            deliver(batch(entries, reader), entries, reader);
        } else {
            oneByOne(entries, reader, abort);
        }
        reader.settle();
    }

    private void oneByOne(List<StreamRecord> entries, StreamReader reader, CompletableFuture<?> abort) {
        long keptAt = System.nanoTime();
        for (int i = 0; i < entries.size(); i++) {
            List<StreamRecord> waiting = entries.subList(i, entries.size());
            if (abort.isDone()) {
                reader.release(waiting);
                return;
            }
            if (System.nanoTime() - keptAt > keepInterval.toNanos()) {
                reader.keep(waiting);
                keptAt = System.nanoTime();
            }
            StreamRecord entry = entries.get(i);
            deliver(delivery.message(entry, reader.deliveries(entry)), List.of(entry), reader);
        }
    }

    private MessageBuilder<?> batch(List<StreamRecord> entries, StreamReader reader) {
        return MessageBuilder.withPayload(
                        entries.stream().map(StreamRecord::payload).toList())
                .setHeader(
                        BinderHeaders.BATCH_HEADERS,
                        entries.stream()
                                .map(entry -> delivery.headers(entry, reader.deliveries(entry)))
                                .toList())
                .setHeader(RedisBinderHeaders.STREAM, entries.getFirst().stream())
                .setHeader(IntegrationMessageHeaderAccessor.SOURCE_DATA, entries);
    }

    private void deliver(MessageBuilder<?> message, List<StreamRecord> entries, StreamReader reader) {
        if (manual) {
            message.setHeader(
                    IntegrationMessageHeaderAccessor.ACKNOWLEDGMENT_CALLBACK,
                    new EntryAcknowledgment(new ManualActions(entries, reader)));
        }
        Outcome outcome = delivery.deliver(message);
        for (StreamRecord entry : entries) {
            if (outcome == Outcome.FAILED || outcome == Outcome.HANDLED && manual) {
                reader.left(entry);
            } else {
                reader.handled(entry);
            }
        }
    }

    /** Called on any thread of the application. */
    private final class ManualActions implements EntryAcknowledgment.Actions {

        private final List<StreamRecord> entries;
        private final StreamReader reader;

        ManualActions(List<StreamRecord> entries, StreamReader reader) {
            this.entries = entries;
            this.reader = reader;
        }

        @Override
        public void accept() {
            entries.forEach(reader::acknowledge);
        }

        @Override
        public void reject() {
            if (deadLetters != null) {
                entries.forEach(entry -> {
                    deadLetters.publish(entry, 1, new RejectedByApplicationException());
                    reader.acknowledge(entry);
                });
            }
        }

        @Override
        public void requeue() {
            // The entry stays pending and is delivered again after claim-min-idle.
        }
    }
}
