package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics.Event;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream and hands its entries over in the stream's order. Can be started again after a stop, and then
 * continues after the last entry handed over.
 */
final class ReadLoop implements StreamSubscription, StreamMetrics.Gauges {

    /** Hands entries over. Throws only if the reader fails. */
    interface Handler {

        /** @param reader receives the outcome of each entry */
        void handle(List<StreamRecord> entries, StreamReader reader, CompletableFuture<?> abort);
    }

    private final LoopSettings settings;
    private final String stream;
    private final @Nullable String group;
    private final Handler handler;
    private final StreamMetrics metrics;
    private volatile CompletableFuture<@Nullable Void> resumed = CompletableFuture.completedFuture(null);
    /** The current or last run; the first one before the first start. */
    private volatile ReadRun run;

    /** @param reader the reader of the first start */
    ReadLoop(
            LoopSettings settings,
            String stream,
            @Nullable String group,
            StreamReader reader,
            Handler handler,
            StreamMetrics metrics) {
        this.settings = settings;
        this.stream = stream;
        this.group = group;
        this.handler = handler;
        this.metrics = metrics;
        this.run = new ReadRun(this, reader);
    }

    /** Begins to connect and to read, on a thread of its own that goes on until a stop. */
    synchronized void start() {
        if (run.isStopping()) {
            run = run.next();
        } else if (run.wasStarted()) {
            return;
        }
        run.start();
    }

    /** Waits until the first attempt to determine the start has succeeded or failed; false if it takes longer. */
    boolean awaitAttempt(Duration limit) {
        return run.awaitAttempt(limit);
    }

    /**
     * Lets the current message finish and returns once the thread has ended; interrupts the thread after the shutdown
     * timeout.
     */
    void stop() {
        run.requestStop();
        run.awaitEnd(settings.shutdownTimeout());
    }

    /** Ends the loop after the current entry, without waiting for it. */
    void requestStop() {
        run.requestStop();
    }

    void pause() {
        if (!isPaused()) {
            resumed = new CompletableFuture<>();
        }
    }

    void resume() {
        resumed.complete(null);
    }

    void awaitResumed(CompletableFuture<?> stop) {
        CompletableFuture.anyOf(resumed, stop).join();
    }

    /** Redis has answered a read by somebody else than a run. */
    void polled() {
        run.polled();
    }

    void count(Event event, long count) {
        metrics.count(event, this, count);
    }

    Handler handler() {
        return handler;
    }

    Duration recoveryInterval() {
        return settings.recoveryInterval();
    }

    @Override
    public String bindingName() {
        return settings.bindingName();
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
        return run.reader().position();
    }

    @Override
    public boolean isStarted() {
        return run.reader().isStarted();
    }

    @Override
    public boolean isConnected() {
        return run.reader().isConnected();
    }

    @Override
    public @Nullable Throwable failure() {
        return run.failure();
    }

    @Override
    public boolean isPaused() {
        return !resumed.isDone();
    }

    @Override
    public boolean isHandling() {
        return run.isHandling();
    }

    @Override
    public Duration sinceLastPoll() {
        return run.sinceLastPoll();
    }

    @Override
    public boolean isAlive() {
        ReadRun now = run;
        if (isPaused() && !now.isHandling()) {
            return true;
        }
        Duration limit = now.isHandling() ? settings.handlingTimeout() : settings.healthTimeout();
        return now.sinceProgress().compareTo(limit) <= 0;
    }

    @Override
    public long lag() {
        return run.reader().lag();
    }

    @Override
    public long pending() {
        return run.reader().pending();
    }

    @Override
    public String toString() {
        return bindingName() + " reading " + stream + (group == null ? "" : " for " + group) + " at " + position();
    }
}
