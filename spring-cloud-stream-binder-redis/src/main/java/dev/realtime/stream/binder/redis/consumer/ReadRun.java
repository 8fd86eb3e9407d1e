package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.Backoff;
import dev.realtime.stream.binder.redis.connection.FailureLog;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics.Event;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.messaging.Message;

/**
 * One start of a {@link ReadLoop}: a thread with a reader of its own, so that a thread that could not be stopped disturbs
 * no later start. Survives every failure of Redis: reconnects with growing pauses and continues at its position.
 */
final class ReadRun implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ReadRun.class);

    /** The run of the current thread. */
    private static final ThreadLocal<@Nullable ReadRun> CURRENT = new ThreadLocal<>();

    private final ReadLoop loop;
    private final StreamReader reader;
    private final CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> attempted = new CompletableFuture<>();
    private final FailureLog failures = new FailureLog(log);
    private volatile long polledAt = System.nanoTime();
    private volatile long progressAt = System.nanoTime();
    private volatile boolean handling;
    private volatile List<StreamRecord> inHand = List.of();
    private volatile @Nullable Throwable failure;
    private @Nullable Thread thread;

    ReadRun(ReadLoop loop, StreamReader reader) {
        this.loop = loop;
        this.reader = reader;
    }

    /** Sends a message on to the application, as the current thread's run if it has one. */
    static void handOver(Message<?> message, Consumer<Message<?>> application) {
        ReadRun run = CURRENT.get();
        if (run == null) {
            application.accept(message);
        } else {
            run.deliver(message, application);
        }
    }

    /** Counts for the current thread's run, also later and on other threads. */
    static ObjLongConsumer<Event> counter() {
        ReadRun run = CURRENT.get();
        return run == null ? (event, count) -> {} : run.loop::count;
    }

    private void deliver(Message<?> message, Consumer<Message<?>> application) {
        List<StreamRecord> entries = entries(message);
        inHand = entries;
        progressAt = System.nanoTime();
        boolean handled = false;
        try {
            application.accept(message);
            handled = true;
        } finally {
            progressAt = System.nanoTime();
            if (!handled) {
                loop.count(Event.FAILED, entries.size());
            } else if (!EntryAcknowledgment.tellsTheOutcome(message)) {
                loop.count(Event.HANDLED, entries.size());
            }
        }
    }

    private static List<StreamRecord> entries(Message<?> message) {
        Object source = message.getHeaders().get(IntegrationMessageHeaderAccessor.SOURCE_DATA);
        List<?> entries = source instanceof List<?> batch ? batch : source == null ? List.of() : List.of(source);
        return entries.stream().map(StreamRecord.class::cast).toList();
    }

    void start() {
        polledAt = System.nanoTime();
        progressAt = polledAt;
        Thread reading = new Thread(this, "redis-stream-" + loop.bindingName() + "-" + loop.stream());
        thread = reading;
        reading.start();
    }

    boolean wasStarted() {
        return thread != null;
    }

    /** Waits until the first attempt to connect has succeeded or failed; false if it takes longer. */
    boolean awaitAttempt(Duration limit) {
        try {
            attempted.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException tooLong) {
            return false;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Ends the run after the current entry, without waiting for it. */
    void requestStop() {
        stop.complete(null);
    }

    boolean isStopping() {
        return stop.isDone();
    }

    /** Waits until the thread has ended; interrupts it after the limit. */
    void awaitEnd(Duration limit) {
        Thread ending = thread;
        if (ending == null || ending == Thread.currentThread()) {
            return;
        }
        try {
            ending.join(Math.max(1, limit.toMillis()));
            if (ending.isAlive()) {
                log.warn("The reader of {} did not stop within {}; interrupting it", loop.stream(), limit);
                ending.interrupt();
                ending.join(1_000);
            }
        } catch (InterruptedException hurried) {
            ending.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /** The next run, which continues after what this one has handed over. */
    ReadRun next() {
        return new ReadRun(loop, reader.next(handling ? inHand : List.of()));
    }

    @Override
    public void run() {
        CURRENT.set(this);
        Backoff backoff = new Backoff(loop.recoveryInterval());
        try {
            while (!stop.isDone()) {
                boolean healthy = reader.isReady() || connect();
                attempted.complete(null);
                if (healthy && turn()) {
                    backoff.reset();
                } else {
                    pause(backoff.next());
                }
            }
        } finally {
            attempted.complete(null);
            reader.disconnect();
        }
    }

    private boolean connect() {
        boolean again = reader.isStarted();
        try {
            reader.connect();
            if (again) {
                loop.count(Event.RECONNECT, 1);
                log.debug("Connected to read {} after {}", loop.stream(), reader.position());
            }
            return true;
        } catch (RuntimeException e) {
            reader.disconnect();
            failed(e);
            return false;
        }
    }

    private boolean turn() {
        try {
            if (loop.isPaused()) {
                loop.awaitResumed(stop);
                progressAt = System.nanoTime();
            }
            List<StreamRecord> entries = reader.poll(stop);
            polledAt = System.nanoTime();
            if (failure != null) {
                failure = null;
                failures.succeeded(reading());
            }
            if (entries.isEmpty()) {
                progressAt = polledAt;
            } else {
                handle(entries);
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

    private void handle(List<StreamRecord> entries) {
        handling = true;
        try {
            loop.handler().handle(entries, reader, stop);
        } finally {
            handling = false;
            inHand = List.of();
        }
    }

    private void failed(RuntimeException e) {
        failure = e;
        failures.failed(reading(), e);
    }

    private String reading() {
        return "Reading " + loop.stream();
    }

    private void pause(Duration pause) {
        try {
            stop.get(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            // The pause is over.
        } catch (Exception unexpected) {
            Thread.interrupted();
        }
    }

    void polled() {
        polledAt = System.nanoTime();
    }

    StreamReader reader() {
        return reader;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean isHandling() {
        return handling;
    }

    Duration sinceLastPoll() {
        return Duration.ofNanos(System.nanoTime() - polledAt);
    }

    /** Time since a read found nothing, or since an attempt to handle a message began or ended. */
    Duration sinceProgress() {
        return Duration.ofNanos(System.nanoTime() - progressAt);
    }
}
