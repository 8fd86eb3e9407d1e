package dev.realtime.service.history;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.wire.StreamId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The newest record of the stream of events. Those who ask while a read is under way share the next one, so that however
 * many ask there is one read after the other, and each answer is no older than its question.
 */
@Component
final class StreamHead {

    private static final Limits NEWEST = Limits.of(1, 1);
    private final StreamHistory history;
    private final FanOut fanOut;

    /** Held by the one who reads. */
    private final ReentrantLock reading = new ReentrantLock();

    /** The read that has not begun and can still be joined; guarded by this. */
    private @Nullable CompletableFuture<StreamId> next;

    StreamHead(StreamHistory history, FanOut fanOut) {
        this.history = history;
        this.fanOut = fanOut;
    }

    /**
     * The id of the newest record, read after the call; of an empty stream, where this instance reads on. Waits for Redis.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    StreamId read() {
        CompletableFuture<StreamId> mine;
        boolean reader;
        synchronized (this) {
            reader = next == null;
            mine = next == null ? new CompletableFuture<>() : next;
            next = mine;
        }
        if (reader) {
            readFor(mine);
        }
        try {
            return mine.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void readFor(CompletableFuture<StreamId> waiting) {
        reading.lock();
        try {
            synchronized (this) {
                next = null;
            }
            waiting.complete(newest());
        } catch (RuntimeException e) {
            waiting.completeExceptionally(e);
        } finally {
            reading.unlock();
        }
    }

    private StreamId newest() {
        return history.before(StreamHeaders.EVENTS_DESTINATION, null, NEWEST).entries().stream()
                .findFirst()
                .map(entry -> StreamId.parse(entry.id()))
                .orElseGet(fanOut::position);
    }
}
