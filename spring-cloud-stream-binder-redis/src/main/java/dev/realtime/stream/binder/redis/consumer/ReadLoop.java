package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.connection.Backoff;
import dev.realtime.stream.binder.redis.connection.FailureLog;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics.Event;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads one stream and hands its entries over in the stream's order. Survives every failure of Redis:
 * reconnects with growing pauses and continues at its position.
 */
final class ReadLoop implements StreamSubscription, StreamMetrics.Gauges {

    private static final Logger log = LoggerFactory.getLogger(ReadLoop.class);

    /** Hands entries over. Throws only if the reader fails. */
    interface Handler {

        /** @param reader receives the outcome of each entry */
        void handle(List<StreamRecord> entries, StreamReader reader, CompletableFuture<?> abort);
    }

    private final String bindingName;
    private final String stream;
    private final @Nullable String group;
    private final StreamReader reader;
    private final Handler handler;
    private final Duration recoveryInterval;
    private final Duration shutdownTimeout;
    private final StreamMetrics metrics;
    private volatile CompletableFuture<@Nullable Void> stopping = CompletableFuture.completedFuture(null);
    private volatile CompletableFuture<@Nullable Void> resumed = CompletableFuture.completedFuture(null);
    private volatile long polledAt = System.nanoTime();
    private volatile boolean handling;
    private volatile @Nullable Throwable failure;
    private final FailureLog failures = new FailureLog(log);
    private @Nullable Thread thread;

    ReadLoop(
            LoopSettings settings,
            String stream,
            @Nullable String group,
            StreamReader reader,
            Handler handler,
            StreamMetrics metrics) {
        this.bindingName = settings.bindingName();
        this.recoveryInterval = settings.recoveryInterval();
        this.shutdownTimeout = settings.shutdownTimeout();
        this.stream = stream;
        this.group = group;
        this.reader = reader;
        this.handler = handler;
        this.metrics = metrics;
    }

    /** Tries to connect and to determine the start before it returns; if that fails, the thread keeps trying. */
    synchronized void start() {
        if (thread != null) {
            return;
        }
        CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
        stopping = stop;
        connect();
        thread = Thread.ofPlatform()
                .name("redis-stream-" + bindingName + "-" + stream)
                .start(() -> run(stop));
    }

    /**
     * Lets the current message finish and returns once the thread has ended; interrupts the thread after the shutdown
     * timeout.
     */
    synchronized void stop() {
        Thread ending = thread;
        thread = null;
        stopping.complete(null);
        if (ending == null || ending == Thread.currentThread()) {
            return;
        }
        try {
            if (!ending.join(shutdownTimeout)) {
                log.warn("The reader of {} did not stop within {}; interrupting it", stream, shutdownTimeout);
                ending.interrupt();
                ending.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException hurried) {
            ending.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the loop after the current entry, without waiting for it. */
    void requestStop() {
        stopping.complete(null);
    }

    void pause() {
        if (!isPaused()) {
            resumed = new CompletableFuture<>();
        }
    }

    void resume() {
        resumed.complete(null);
    }

    private void run(CompletableFuture<@Nullable Void> stop) {
        Backoff backoff = new Backoff(recoveryInterval);
        try {
            while (!stop.isDone()) {
                boolean healthy = reader.isConnected() || connect();
                if (healthy && turn(stop)) {
                    backoff.reset();
                } else {
                    pause(stop, backoff.next());
                }
            }
        } finally {
            reader.disconnect();
        }
    }

    private boolean connect() {
        boolean again = reader.isStarted();
        try {
            reader.connect();
            if (again) {
                metrics.count(Event.RECONNECT, this, 1);
                log.debug("Connected to read {} after {}", stream, reader.position());
            }
            return true;
        } catch (RuntimeException e) {
            reader.disconnect();
            failed(e);
            return false;
        }
    }

    private boolean turn(CompletableFuture<@Nullable Void> stop) {
        try {
            CompletableFuture.anyOf(resumed, stop).join();
            List<StreamRecord> entries = reader.poll(stop);
            polledAt = System.nanoTime();
            if (failure != null) {
                failure = null;
                failures.succeeded(reading());
            }
            if (!entries.isEmpty()) {
                handle(entries, stop);
                polledAt = System.nanoTime();
            }
            return true;
        } catch (RuntimeException e) {
            reader.disconnect();
            if (!stop.isDone()) {
                // The handler may have left the thread interrupted, but only the stop signal ends the loop.
                Thread.interrupted();
                failed(e);
            }
            return false;
        }
    }

    private void failed(RuntimeException e) {
        failure = e;
        failures.failed(reading(), e);
    }

    private String reading() {
        return "Reading " + stream;
    }

    private void handle(List<StreamRecord> entries, CompletableFuture<@Nullable Void> stop) {
        handling = true;
        try {
            handler.handle(entries, reader, stop);
            metrics.count(Event.HANDLED, this, entries.size());
        } finally {
            handling = false;
        }
    }

    private static void pause(CompletableFuture<@Nullable Void> stop, Duration pause) {
        try {
            stop.get(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            // The pause is over.
        } catch (Exception unexpected) {
            Thread.interrupted();
        }
    }

    boolean isRunning() {
        return !stopping.isDone();
    }

    @Override
    public String bindingName() {
        return bindingName;
    }

    @Override
    public String stream() {
        return stream;
    }

    @Override
    public @Nullable String group() {
        return group;
    }

    @Override
    public @Nullable String position() {
        return reader.position();
    }

    @Override
    public boolean isStarted() {
        return reader.isStarted();
    }

    @Override
    public boolean isConnected() {
        return reader.isConnected();
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public boolean isPaused() {
        return !resumed.isDone();
    }

    @Override
    public boolean isHandling() {
        return handling;
    }

    @Override
    public Duration sinceLastPoll() {
        return Duration.ofNanos(System.nanoTime() - polledAt);
    }

    @Override
    public long lag() {
        return reader.lag();
    }

    @Override
    public long pending() {
        return reader.pending();
    }

    @Override
    public String toString() {
        return bindingName + " reading " + stream + (group == null ? "" : " for " + group) + " at " + position();
    }
}
