package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.consumer.Delivery.Outcome;
import dev.realtime.stream.binder.redis.properties.AckMode;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.BinderHeaders;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.converter.MessageConversionException;

/** Turns entries into messages, one per entry or one per batch, and reports their outcome to the reader. */
final class EntryHandler implements ReadLoop.Handler {

    private final Delivery delivery;
    private final boolean batchMode;
    private final boolean manual;
    private final @Nullable DeadLetters deadLetters;

    /**
     * @param delivery hands messages over
     * @param batchMode whether all entries of a read form one message
     * @param ackMode when entries are acknowledged
     * @param deadLetters receives entries that the application rejects
     */
    EntryHandler(Delivery delivery, boolean batchMode, AckMode ackMode, @Nullable DeadLetters deadLetters) {
        this.delivery = delivery;
        this.batchMode = batchMode;
        this.manual = ackMode == AckMode.MANUAL;
        this.deadLetters = deadLetters;
    }

    @Override
    public void handle(List<StreamRecord> entries, StreamReader reader, CompletableFuture<?> abort) {
        if (abort.isDone()) {
            reader.release();
        } else if (batchMode) {
            batch(reader.take(entries), reader);
        } else {
            oneByOne(entries, reader, abort);
        }
        reader.settle();
    }

    private void oneByOne(List<StreamRecord> entries, StreamReader reader, CompletableFuture<?> abort) {
        for (StreamRecord entry : entries) {
            if (abort.isDone()) {
                reader.release();
                return;
            }
            reader.take(List.of(entry)).forEach(taken -> one(taken, reader));
        }
    }

    private void one(StreamRecord entry, StreamReader reader) {
        long deliveries = reader.deliveries(entry);
        MessageBuilder<?> message;
        try {
            message = delivery.message(entry, deliveries);
        } catch (MessageConversionException wrong) {
            report(delivery.refuse(entry, deliveries, wrong), entry, reader);
            return;
        }
        deliver(message, List.of(entry), reader);
    }

    private void batch(List<StreamRecord> entries, StreamReader reader) {
        List<StreamRecord> good = new ArrayList<>(entries.size());
        List<Map<String, Object>> headers = new ArrayList<>(entries.size());
        for (StreamRecord entry : entries) {
            long deliveries = reader.deliveries(entry);
            try {
                headers.add(delivery.headers(entry, deliveries));
                good.add(entry);
            } catch (MessageConversionException wrong) {
                report(delivery.refuse(entry, deliveries, wrong), entry, reader);
            }
        }
        if (!good.isEmpty()) {
            MessageBuilder<?> message = MessageBuilder.withPayload(
                            good.stream().map(StreamRecord::payload).toList())
                    .setHeader(BinderHeaders.BATCH_HEADERS, headers)
                    .setHeader(RedisBinderHeaders.STREAM, good.getFirst().stream())
                    .setHeader(IntegrationMessageHeaderAccessor.SOURCE_DATA, good);
            deliver(message, good, reader);
        }
    }

    private void deliver(MessageBuilder<?> message, List<StreamRecord> entries, StreamReader reader) {
        if (manual) {
            message.setHeader(
                    IntegrationMessageHeaderAccessor.ACKNOWLEDGMENT_CALLBACK,
                    new EntryAcknowledgment(new ManualActions(entries, reader)));
        }
        Outcome outcome = delivery.deliver(message);
        entries.forEach(entry -> report(outcome, entry, reader));
    }

    private void report(Outcome outcome, StreamRecord entry, StreamReader reader) {
        if (outcome == Outcome.FAILED) {
            reader.failed(entry);
        } else if (outcome == Outcome.HANDLED && manual) {
            reader.left(entry);
        } else {
            reader.handled(entry);
        }
    }

    /** Called on any thread of the application. */
    private final class ManualActions implements EntryAcknowledgment.Actions {

        private final Map<StreamRecord, Long> deliveries = new LinkedHashMap<>();
        private final StreamReader reader;

        ManualActions(List<StreamRecord> entries, StreamReader reader) {
            entries.forEach(entry -> deliveries.put(entry, reader.deliveries(entry)));
            this.reader = reader;
        }

        @Override
        public void accept() {
            deliveries.keySet().forEach(reader::acknowledge);
        }

        @Override
        public void reject() {
            if (deadLetters != null) {
                deliveries.forEach((entry, count) -> {
                    deadLetters.publish(entry, count, new RejectedByApplicationException());
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
