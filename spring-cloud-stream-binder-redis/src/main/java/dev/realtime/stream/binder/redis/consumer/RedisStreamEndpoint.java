package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamSubscriptions;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.hub.ReadHubs;
import dev.realtime.stream.binder.redis.properties.AckMode;
import dev.realtime.stream.binder.redis.properties.StartOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.integration.channel.ReactiveStreamsSubscribableChannel;
import org.springframework.integration.core.Pausable;
import org.springframework.integration.core.RecoveryCallback;
import org.springframework.integration.endpoint.MessageProducerSupport;
import org.springframework.util.Assert;

/** Sends the entries of a binding's streams to its channel, with one thread per stream, or more for a group. */
public final class RedisStreamEndpoint extends MessageProducerSupport implements Pausable {

    private final RedisConnections connections;
    private final StreamSubscriptions subscriptions;
    private final StreamMetrics metrics;
    private final ConsumerSettings settings;
    private final EntryHandler handler;
    private Supplier<BoundFunction> function = () -> BoundFunction.ORDINARY;
    private final List<ReadLoop> loops = new ArrayList<>();

    /**
     * @param connections opens connections
     * @param hubs shares connections among the streams of anonymous consumers
     * @param subscriptions lists the readers
     * @param metrics counts
     * @param events receives gaps and rollbacks
     * @param settings what to read and how
     * @param retries how often to try a message
     * @param recovery receives messages whose attempts are used up
     * @param deadLetters receives entries that are given up, or {@code null}
     */
    public RedisStreamEndpoint(
            RedisConnections connections,
            ReadHubs hubs,
            StreamSubscriptions subscriptions,
            StreamMetrics metrics,
            ApplicationEventPublisher events,
            ConsumerSettings settings,
            RetryTemplate retries,
            RecoveryCallback<?> recovery,
            @Nullable DeadLetters deadLetters) {
        this.connections = connections;
        this.subscriptions = subscriptions;
        this.metrics = metrics;
        this.settings = settings;
        AckMode ackMode =
                settings.group() == null ? AckMode.NONE : settings.properties().getAckMode();
        this.handler = new EntryHandler(
                new Delivery(
                        message -> ReadRun.handOver(message, this::sendMessage),
                        retries,
                        recovery,
                        settings.withHeaders()),
                settings.batchMode(),
                ackMode,
                deadLetters,
                settings.group());
        for (String stream : settings.streams()) {
            for (int i = 0; i < (settings.group() == null ? 1 : Math.max(1, settings.concurrency())); i++) {
                LoopEvents tells = new LoopEvents(settings.properties().getOnGap(), metrics, events, deadLetters);
                ReadLoop loop = new ReadLoop(
                        settings.loop(),
                        stream,
                        settings.group(),
                        reader(connections, hubs, settings, stream, i, tells),
                        handler,
                        metrics);
                tells.about(loop);
                loops.add(loop);
            }
        }
    }

    /** Tells what function receives the messages, at the start. Unset: an ordinary one. */
    public void setFunction(Supplier<BoundFunction> function) {
        this.function = function;
    }

    private static StreamReader reader(
            RedisConnections connections,
            ReadHubs hubs,
            ConsumerSettings settings,
            String stream,
            int number,
            LoopEvents tells) {
        if (settings.group() == null) {
            return new PositionReader(
                    connections,
                    hubs,
                    stream,
                    settings.properties().getBatchSize(),
                    settings.loop().block(),
                    settings.properties().getStartOffset() == StartOffset.EARLIEST,
                    tells);
        }
        return new GroupReader(
                connections,
                GroupSettings.of(settings.group(), settings.loop().block(), settings.properties()),
                stream,
                ConsumerNames.of(settings.properties().getConsumerName(), number),
                tells);
    }

    @Override
    protected void doStart() {
        BoundFunction bound = function.get();
        boolean automatic = settings.group() != null && settings.properties().getAckMode() == AckMode.AUTO;
        Assert.state(
                !automatic
                        || bound.acknowledges() > 0
                        || !bound.reactive() && !(getOutputChannel() instanceof ReactiveStreamsSubscribableChannel),
                () -> "A reactive function returns before it has handled a message, so "
                        + settings.loop().bindingName()
                        + " cannot acknowledge automatically: make the function with ReactiveFunctions.acknowledging,"
                        + " or set its redis consumer property ack-mode to manual or none");
        boolean acknowledging = bound.acknowledges() > 0 && (automatic || settings.group() == null);
        handler.start(acknowledging ? bound.acknowledges() : 0, bound.reactive());
        connections.reserveReaders(loops.size());
        for (ReadLoop loop : loops) {
            loop.start();
            subscriptions.add(loop);
            metrics.subscribed(loop, loop);
        }
        awaitAttempts();
    }

    /**
     * All readers connect at the same time. A Redis that does not answer delays the start once, whatever the number of
     * readers and bindings; they go on trying in the background.
     */
    private void awaitAttempts() {
        long deadline = System.nanoTime() + connections.startTimeout().toNanos();
        for (ReadLoop loop : loops) {
            if (!loop.awaitAttempt(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                connections.silent();
            }
        }
    }

    @Override
    protected void doStop() {
        finish();
        loops.forEach(ReadLoop::requestStop);
        for (ReadLoop loop : loops) {
            if (subscriptions.remove(loop)) {
                loop.stop();
                connections.releaseReader();
                metrics.unsubscribed(loop);
            }
        }
    }

    /** What a reactive function has in its hands can only be acknowledged while the readers are connected. */
    private void finish() {
        List<ReadLoop> reading = loops.stream().filter(loop -> !loop.isPaused()).toList();
        reading.forEach(ReadLoop::pause);
        handler.finish(settings.loop().shutdownTimeout());
        reading.forEach(ReadLoop::resume);
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
}
