package dev.realtime.service.history;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The newest record of the stream of events. Callers that ask during a read share the next read: however many ask,
 * reads run one after the other, and no answer is older than its question.
 */
@Component
final class StreamHead {

    private static final Limits NEWEST = Limits.of(1, 1);
    private final StreamHistory history;
    private final FanOut fanOut;

    /** Held by the reading thread. */
    private final ReentrantLock reading = new ReentrantLock();

    /** The read that has not begun yet and can still be joined; guarded by this. */
    private @Nullable CompletableFuture<StreamId> next;

    StreamHead(StreamHistory history, FanOut fanOut) {
        this.history = history;
        this.fanOut = fanOut;
    }

    /**
     * Returns the id of the newest record, read after the call; for an empty stream, the position at which this
     * instance reads. Waits for Redis.
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
