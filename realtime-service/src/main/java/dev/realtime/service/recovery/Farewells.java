package dev.realtime.service.recovery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What Redis must be told about sessions whose connections are gone. Retried while Redis is unavailable, for as long as the
 * session might still exist.
 *
 * <p>Bounded: beyond {@link #MOST}, new farewells are dropped. Their sessions stay until they expire, like those of an
 * instance that was killed.
 *
 * <p>Metric: {@code realtime.recovery.parked.evicted}, sessions removed because their user had too many.
 */
@Component
final class Farewells {

    private static final Logger log = LoggerFactory.getLogger(Farewells.class);

    /** A farewell takes about 150 bytes. */
    static final int MOST = 50_000;

    private static final int CHUNK = 500;

    private final SessionStore store;
    private final Counter evicted;
    private final BlockingQueue<Farewell> waiting = new LinkedBlockingQueue<>(MOST);

    Farewells(SessionStore store, MeterRegistry meters) {
        this.store = store;
        this.evicted = Counter.builder("realtime.recovery.parked.evicted")
                .description("Parked sessions removed early because their user had too many")
                .register(meters);
    }

    enum Kind {
        PARK,
        END,
        LOST
    }

    private record Farewell(SessionRef ref, Kind kind, long at) {}

    /** Adds a farewell. Never waits. */
    void add(SessionRef ref, Kind kind) {
        if (!waiting.offer(new Farewell(ref, kind, System.nanoTime()))) {
            log.debug("Dropping a change of session {}: too many are waiting for Redis", ref);
        }
    }

    /** Sends the farewells to Redis, oldest first; keeps those that failed. For one thread; waits for Redis. */
    void tell() {
        List<Farewell> some = new ArrayList<>(CHUNK);
        while (!waiting.isEmpty() && store.isUp()) {
            waiting.drainTo(some, CHUNK);
            long now = System.nanoTime();
            some.removeIf(farewell -> now - farewell.at > store.liveFor().toNanos());
            List<CompletableFuture<Object>> answers =
                    some.stream().map(this::submit).toList();
            boolean failed = false;
            for (int i = 0; i < some.size(); i++) {
                failed |= !isTold(some.get(i), answers.get(i));
            }
            if (failed) {
                return;
            }
            some.clear();
        }
    }

    private CompletableFuture<Object> submit(Farewell farewell) {
        return switch (farewell.kind) {
            case PARK -> store.park(farewell.ref);
            case END -> store.end(farewell.ref);
            case LOST -> store.lost(farewell.ref);
        };
    }

    private boolean isTold(Farewell farewell, CompletableFuture<Object> answer) {
        try {
            long result = (Long) ScriptQueue.await(answer);
            if (farewell.kind == Kind.PARK && result > 0) {
                evicted.increment(result);
            }
            return true;
        } catch (DataAccessException e) {
            log.debug("A change of session {} could not be written to Redis; trying again", farewell.ref, e);
            // At the end of the queue: Redis checks each farewell's owner, so the order does not matter.
            waiting.offer(farewell);
            return false;
        }
    }
}
