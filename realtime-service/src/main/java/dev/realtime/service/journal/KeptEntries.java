package dev.realtime.service.journal;

import dev.realtime.service.journal.JournalStore.Field;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * What one instance has of its connections in Redis, and from where on that is complete. Beyond the bound it forgets the
 * connections that ended first, never an open one. For the journal's beat only.
 */
final class KeptEntries {

    /** What an entry takes in Redis besides its name and value. */
    private static final int OVERHEAD = 100;

    private final JournalStore store;
    private final long mostBytes;
    private final Counter forgotten;

    /** The connections that have ended, the oldest first. */
    private final Deque<Kept> kept = new ArrayDeque<>();

    /** Those that the current beat has written. */
    private final List<Kept> ended = new ArrayList<>();

    private long openBytes;
    private long keptBytes;
    private volatile long bytes;
    private StreamId from = new StreamId(0, 0);

    private record Kept(String userKey, String field, int bytes, StreamId closedAt, long since) {}

    /** @param mostBytes how many bytes it may have in Redis */
    KeptEntries(JournalStore store, long mostBytes, MeterRegistry meters) {
        this.store = store;
        this.mostBytes = mostBytes;
        this.forgotten = Counter.builder("realtime.why.forgotten")
                .description("Connections that were forgotten before their time, because of the bound")
                .register(meters);
        Gauge.builder("realtime.why.bytes", this, entries -> entries.bytes)
                .description("What this instance keeps in Redis of its connections")
                .register(meters);
    }

    /** The position after which it is complete. */
    StreamId from() {
        return from;
    }

    /** Nothing is in Redis; what is written from now on is complete after a position. */
    void begin(StreamId after) {
        from = after;
        kept.clear();
        keptBytes = 0;
    }

    /** An entry is written, for the first time or again. */
    void write(SocketEntry entry, Field field) {
        openBytes += field.bytes() + OVERHEAD - entry.bytes;
        entry.bytes = field.bytes() + OVERHEAD;
    }

    /** An entry is in Redis with its end. */
    void end(SocketEntry entry, long now) {
        openBytes -= entry.bytes;
        keptBytes += entry.bytes;
        ended.add(new Kept(entry.userKey, entry.field, entry.bytes, entry.closedAt(), now));
    }

    /** All entries of a beat that could be written are written. */
    void settle() {
        ended.sort(Comparator.comparing(Kept::closedAt));
        kept.addAll(ended);
        ended.clear();
    }

    /**
     * Forgets what was kept for long enough, and what is beyond the bound. Waits for Redis.
     *
     * @param now in nanoseconds, by the clock of {@link #end}
     */
    void forgetOldest(StreamId through, long now) {
        long retention = store.retention().toNanos();
        while (!kept.isEmpty() && (now - kept.getFirst().since > retention || openBytes + keptBytes > mostBytes)) {
            Kept oldest = kept.getFirst();
            if (now - oldest.since <= retention) {
                from = oldest.closedAt.compareTo(from) > 0 ? oldest.closedAt : from;
                forgotten.increment();
                store.write(oldest.userKey, List.of(JournalStore.without(oldest.field)));
            }
            kept.removeFirst();
            keptBytes -= oldest.bytes;
        }
        bytes = openBytes + keptBytes;
        if (openBytes > mostBytes) {
            // Open connections alone take more: nothing is said that could be wrong.
            from = through;
        }
    }
}
