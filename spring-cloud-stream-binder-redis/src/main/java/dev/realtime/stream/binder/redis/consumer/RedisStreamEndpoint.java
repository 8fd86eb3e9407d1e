package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamGapEvent;
import dev.realtime.stream.binder.redis.StreamRollbackEvent;
import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics.Event;
import dev.realtime.stream.binder.redis.properties.OnGap;
import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.properties.StartOffset;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.integration.core.Pausable;
import org.springframework.integration.core.RecoveryCallback;
import org.springframework.integration.endpoint.MessageProducerSupport;

/** Sends the entries of a binding's streams into its channel, one thread for each stream. */
public final class RedisStreamEndpoint extends MessageProducerSupport implements Pausable {

    private final RedisConnections connections;
    private final StreamSubscriptions subscriptions;
    private final StreamMetrics metrics;
    private final ApplicationEventPublisher events;
    private final List<ReadLoop> loops = new ArrayList<>();

    /**
     * @param connections where to open connections
     * @param subscriptions where to be found by the application
     * @param metrics where to count
     * @param events hears of gaps and rollbacks
     */
    public RedisStreamEndpoint(
            RedisConnections connections,
            StreamSubscriptions subscriptions,
            StreamMetrics metrics,
            ApplicationEventPublisher events) {
        this.connections = connections;
        this.subscriptions = subscriptions;
        this.metrics = metrics;
        this.events = events;
    }

    /** Adds an anonymous reader of a stream. To be called before the start. */
    public void readAnonymously(
            String stream,
            LoopSettings settings,
            RedisConsumerProperties properties,
            boolean withHeaders,
            RetryTemplate retries,
            RecoveryCallback<?> recovery) {
        Delivery delivery = new Delivery(this::sendMessage, retries, recovery, withHeaders);
        LoopListener listener = new LoopListener(properties.getOnGap());
        StreamReader reader = new PositionReader(
                connections,
                stream,
                properties.getBatchSize(),
                settings.block(),
                properties.getStartOffset() == StartOffset.EARLIEST,
                listener);
        ReadLoop loop = new ReadLoop(settings, stream, null, reader, new OneByOne(delivery), metrics);
        listener.loop = loop;
        loops.add(loop);
    }

    @Override
    protected void doStart() {
        for (ReadLoop loop : loops) {
            connections.reserveReader();
            loop.start();
            subscriptions.add(loop);
            metrics.subscribed(loop, loop);
        }
    }

    @Override
    protected void doStop() {
        loops.forEach(ReadLoop::requestStop);
        for (ReadLoop loop : loops) {
            loop.stop();
            connections.releaseReader();
            subscriptions.remove(loop);
            metrics.unsubscribed(loop);
        }
    }

    @Override
    public void pause() {
        loops.forEach(ReadLoop::pause);
    }

    @Override
    public void resume() {
        loops.forEach(ReadLoop::resume);
    }

    @Override
    public boolean isPaused() {
        return !loops.isEmpty() && loops.stream().allMatch(ReadLoop::isPaused);
    }

    @Override
    public String getComponentType() {
        return "redis:stream-inbound";
    }

    /** One message for each entry. */
    private static final class OneByOne implements ReadLoop.Handler {

        private final Delivery delivery;

        OneByOne(Delivery delivery) {
            this.delivery = delivery;
        }

        @Override
        public void handle(List<StreamRecord> entries, StreamReader reader, CompletableFuture<?> abort) {
            for (int i = 0; i < entries.size(); i++) {
                if (abort.isDone()) {
                    reader.release(entries.subList(i, entries.size()));
                    break;
                }
                StreamRecord entry = entries.get(i);
                if (delivery.deliver(delivery.message(entry, reader.deliveries(entry)))) {
                    reader.handled(entry);
                } else {
                    reader.failed(entry);
                }
            }
            reader.settle();
        }
    }

    /** Tells the application and the meters. */
    private final class LoopListener implements ContinuityListener {

        private final OnGap onGap;
        private @Nullable ReadLoop loop;

        LoopListener(OnGap onGap) {
            this.onGap = onGap;
        }

        @Override
        public void gap(String expectedId, String foundId, long entries) {
            tell(Event.GAP, entries, loop -> new StreamGapEvent(loop, expectedId, foundId, entries));
        }

        @Override
        public void rollback(String expectedId, String foundId, long entries) {
            tell(Event.ROLLBACK, entries, loop -> new StreamRollbackEvent(loop, expectedId, foundId, entries));
        }

        private void tell(Event what, long entries, Function<StreamSubscription, ApplicationEvent> event) {
            ReadLoop reading = loop;
            if (reading == null) {
                return;
            }
            metrics.count(what, reading, 1);
            if (what == Event.GAP && entries > 0) {
                metrics.count(Event.MISSED, reading, entries);
            }
            ApplicationEvent toTell = event.apply(reading);
            logger.warn(toTell::toString);
            events.publishEvent(toTell);
            if (onGap == OnGap.STOP) {
                logger.error("Reading ends here, as on-gap=stop says");
                reading.requestStop();
            }
        }
    }
}
