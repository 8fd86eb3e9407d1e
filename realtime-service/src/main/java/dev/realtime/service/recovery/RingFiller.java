package dev.realtime.service.recovery;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.launch.StartGate;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fills the ring with the latest part of the stream before the port opens: all tabs of a replaced instance reconnect at
 * once, and ask for events from before this instance began to read. Takes at most a few seconds; the rest is read in
 * pages on demand.
 */
@Component
final class RingFiller implements StartGate {

    private static final Logger log = LoggerFactory.getLogger(RingFiller.class);

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Limits PAGE = Limits.of(1_000, 1_000_000);

    private final StreamHistory history;
    private final EventRing ring;
    private final RecoveryProperties properties;

    RingFiller(StreamHistory history, EventRing ring, RecoveryProperties properties) {
        this.history = history;
        this.ring = ring;
        this.properties = properties;
    }

    @Override
    public String description() {
        return "the latest events from Redis";
    }

    @Override
    public CompletionStage<?> opened() {
        if (!properties.enabled()) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(
                this::fillOnceItIsKnownFromWhere,
                task -> Thread.ofVirtual().name("ring-filler").start(task));
    }

    private void fillOnceItIsKnownFromWhere() {
        try {
            while (ring.floor() == null) {
                // Another gate waits for the same, and reports it.
                Thread.sleep(LOOK_AGAIN);
            }
            fill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn(
                    "The latest events could not be read into memory; recovering sessions will read them from Redis",
                    e);
        }
    }

    void fill() {
        StreamId upTo = ring.floor();
        if (upTo == null) {
            return;
        }
        long deadline = System.nanoTime() + LONGEST.toNanos();
        long oldest = upTo.millis() - properties.kept().toMillis();
        List<Object> older = new ArrayList<>();
        long bytes = 0;
        String from = upTo.next().toString();
        while (from != null && System.nanoTime() < deadline) {
            StreamHistory.Page page = history.before(StreamHeaders.EVENTS_DESTINATION, from, PAGE);
            from = page.next();
            for (StreamHistory.Entry entry : page.entries()) {
                Object record = StreamRecords.of(entry);
                older.add(record);
                bytes += StreamRecords.cost(record);
            }
            if (bytes > properties.ringBytes().toBytes() || isBefore(from, oldest)) {
                break;
            }
        }
        ring.prepend(upTo, older);
        log.info(
                "Read the latest {} records of the stream into memory for recovery, {} bytes",
                older.size(),
                ring.bytes());
    }

    private static boolean isBefore(@Nullable String id, long millis) {
        return id != null && StreamId.parse(id).millis() < millis;
    }
}
