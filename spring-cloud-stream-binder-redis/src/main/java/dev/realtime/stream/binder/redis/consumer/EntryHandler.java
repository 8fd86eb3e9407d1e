package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.consumer.Delivery.Outcome;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics.Event;
import dev.realtime.stream.binder.redis.properties.AckMode;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.BinderHeaders;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.converter.MessageConversionException;

/** Turns entries into messages, one per entry or one per batch, and reports their outcome to the reader. */
final class EntryHandler implements ReadLoop.Handler {

    private static final ObjLongConsumer<Event> NOT_COUNTED = (event, count) -> {};

    private final Delivery delivery;
    private final boolean batchMode;
    private final boolean manual;
    private volatile @Nullable InFlightLimit inFlight;
    private volatile boolean reactive;
    private final @Nullable DeadLetters deadLetters;
    private final @Nullable String group;

    /**
     * @param delivery hands messages over
     * @param batchMode whether all entries of a read form one message
     * @param ackMode when entries are acknowledged
     * @param deadLetters receives entries that the application rejects
     * @param group name of the group, {@code null} for an anonymous consumer
     */
    EntryHandler(
            Delivery delivery,
            boolean batchMode,
            AckMode ackMode,
            @Nullable DeadLetters deadLetters,
            @Nullable String group) {
        this.delivery = delivery;
        this.batchMode = batchMode;
        this.manual = ackMode == AckMode.MANUAL;
        this.deadLetters = deadLetters;
        this.group = group;
    }

    /**
     * A new start.
     *
     * @param acknowledges how many messages at a time the function acknowledges when it is done; 0 if it does not
     * @param reactive whether the function returns before it has handled a message
     */
    void start(int acknowledges, boolean reactive) {
        this.reactive = reactive;
        inFlight = acknowledges > 0 ? new InFlightLimit(acknowledges) : null;
    }

    /** Hands no further message to a function that acknowledges by itself, and waits for those it has. */
    void finish(Duration timeout) {
        InFlightLimit flying = inFlight;
        if (flying != null) {
            flying.finish(timeout);
        }
    }

    @Override
    public void handle(List<StreamRecord> entries, StreamReader reader, CompletableFuture<?> abort) {
        for (List<StreamRecord> next :
                batchMode ? List.of(entries) : entries.stream().map(List::of).toList()) {
            List<StreamRecord> ours = ours(next, reader);
            InFlightLimit flying = inFlight;
            if (abort.isDone() || flying != null && !flying.acquire(abort)) {
                reader.release();
                break;
            }
            Runnable ended = flying == null ? () -> {} : flying.ended();
            handOver(taken(ours, reader, ended), reader, ended);
        }
        reader.settle();
    }

    private static List<StreamRecord> taken(List<StreamRecord> entries, StreamReader reader, Runnable ended) {
        try {
            return reader.take(entries);
        } catch (RuntimeException lost) {
            ended.run();
            throw lost;
        }
    }

    /** Without entries that were put back for another group. */
    private List<StreamRecord> ours(List<StreamRecord> entries, StreamReader reader) {
        if (entries.stream().allMatch(entry -> entry.isFor(group))) {
            return entries;
        }
        reader.handled(entries.stream().filter(entry -> !entry.isFor(group)).toList());
        return entries.stream().filter(entry -> entry.isFor(group)).toList();
    }

    /** Leaves out what does not make a message. */
    private void handOver(List<StreamRecord> entries, StreamReader reader, Runnable ended) {
        Map<StreamRecord, Long> good = new LinkedHashMap<>();
        List<MessageBuilder<byte[]>> messages = new ArrayList<>(entries.size());
        for (StreamRecord entry : entries) {
            long deliveries = reader.deliveries(entry);
            try {
                messages.add(delivery.message(entry, deliveries));
                good.put(entry, deliveries);
            } catch (MessageConversionException wrong) {
                report(delivery.refuse(entry, deliveries, wrong), List.of(entry), reader);
            }
        }
        if (good.isEmpty()) {
            ended.run();
        } else {
            deliver(batchMode ? batch(messages, good.keySet()) : messages.get(0), good, reader, ended);
        }
    }

    private static MessageBuilder<?> batch(List<MessageBuilder<byte[]>> messages, Set<StreamRecord> entries) {
        List<StreamRecord> source = List.copyOf(entries);
        return MessageBuilder.withPayload(
                        source.stream().map(StreamRecord::payload).toList())
                .setHeader(
                        BinderHeaders.BATCH_HEADERS,
                        messages.stream()
                                .map(message -> message.build().getHeaders())
                                .toList())
                .setHeader(RedisBinderHeaders.STREAM, source.get(0).stream())
                .setHeader(IntegrationMessageHeaderAccessor.SOURCE_DATA, source);
    }

    private void deliver(
            MessageBuilder<?> message, Map<StreamRecord, Long> entries, StreamReader reader, Runnable ended) {
        if (isAcknowledgedByApplication()) {
            message.setHeader(
                    IntegrationMessageHeaderAccessor.ACKNOWLEDGMENT_CALLBACK,
                    new EntryAcknowledgment(
                            new ManualActions(entries, reader, ended, reactive ? ReadRun.counter() : NOT_COUNTED),
                            reactive));
        }
        Outcome outcome = delivery.deliver(message);
        if (outcome != Outcome.HANDLED) {
            ended.run();
        }
        report(outcome, List.copyOf(entries.keySet()), reader);
    }

    private boolean isAcknowledgedByApplication() {
        return manual || inFlight != null;
    }

    private void report(Outcome outcome, List<StreamRecord> entries, StreamReader reader) {
        if (outcome == Outcome.FAILED) {
            entries.forEach(reader::failed);
        } else if (outcome == Outcome.HANDLED && isAcknowledgedByApplication()) {
            entries.forEach(reader::left);
        } else {
            reader.handled(entries);
        }
    }

    /** Called on any thread of the application. */
    private final class ManualActions implements EntryAcknowledgment.Actions {

        private final Map<StreamRecord, Long> deliveries;
        private final StreamReader reader;
        private final Runnable ended;
        private final ObjLongConsumer<Event> counter;
        private boolean counted;

        ManualActions(
                Map<StreamRecord, Long> deliveries,
                StreamReader reader,
                Runnable ended,
                ObjLongConsumer<Event> counter) {
            this.deliveries = deliveries;
            this.reader = reader;
            this.ended = ended;
            this.counter = counter;
        }

        @Override
        public void accept() {
            count(Event.HANDLED);
            settle(() -> reader.acknowledge(List.copyOf(deliveries.keySet())));
        }

        @Override
        public void fail(Throwable failure) {
            count(Event.FAILED);
            DeadLetters letters = deadLetters;
            if (letters == null) {
                ended.run();
                return;
            }
            settle(() -> {
                List<CompletableFuture<?>> answers = new ArrayList<>();
                deliveries.forEach((entry, count) -> {
                    letters.publish(entry, count, failure);
                    answers.add(reader.acknowledge(List.of(entry)));
                });
                return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
            });
        }

        /** Once, although what threw may be called again. */
        private void count(Event outcome) {
            if (!counted) {
                counted = true;
                counter.accept(outcome, deliveries.size());
            }
        }

        /** The message has ended when Redis has answered: a stop waits for that. */
        private void settle(Supplier<CompletableFuture<?>> how) {
            try {
                how.get().whenComplete((answers, failure) -> ended.run());
            } catch (RuntimeException refused) {
                ended.run();
                throw refused;
            }
        }

        @Override
        public void requeue() {
            // The entry stays pending and is delivered again after claim-min-idle.
            ended.run();
        }
    }
}
