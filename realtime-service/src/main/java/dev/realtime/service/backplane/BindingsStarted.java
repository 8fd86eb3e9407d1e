package dev.realtime.service.backplane;

import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.launch.StartGate;
import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the port closed until the position from which the stream is read is known. A client that connected earlier
 * would miss events without anyone noticing.
 */
@Component
final class BindingsStarted implements StartGate {

    static final String BINDING = "events-in";

    private static final Logger log = LoggerFactory.getLogger(BindingsStarted.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(10);

    private final StreamSubscriptions subscriptions;
    private final FanOut fanOut;

    BindingsStarted(StreamSubscriptions subscriptions, FanOut fanOut) {
        this.subscriptions = subscriptions;
        this.fanOut = fanOut;
    }

    /** Whether it is known which events will be read. */
    boolean isOpen() {
        var readers = subscriptions.of(BINDING);
        return !readers.isEmpty() && readers.stream().allMatch(StreamSubscription::isStarted);
    }

    @Override
    public String description() {
        return "the start position in the event stream";
    }

    @Override
    public CompletionStage<?> opened() {
        return CompletableFuture.runAsync(
                this::awaitOpen,
                task -> Thread.ofVirtual().name("bindings-started").start(task));
    }

    private void awaitOpen() {
        long said = System.nanoTime();
        while (!isOpen()) {
            if (System.nanoTime() - said > SAY_AGAIN.toNanos()) {
                said = System.nanoTime();
                log.warn("Still waiting for Redis: the port opens once this instance reads the event stream");
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        String position = subscriptions.of(BINDING).getFirst().position();
        if (position != null) {
            fanOut.beginAfter(StreamId.parse(position));
        }
    }
}
