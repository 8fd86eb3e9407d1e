package dev.realtime.service.recovery;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamHistory.Edges;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/**
 * Pages of the stream for what the ring no longer holds, shared by all replays. A page is at most about 256 KB and
 * begins at a whole second or where another page ends, so that clients with different offsets share pages. One page is
 * read at a time, and a waiting reader uses that page if it has what the reader wants.
 *
 * <p>Keeps at most {@value #MOST_BYTES} bytes; the least recently used pages are evicted first. Thread-safe; waits for
 * Redis.
 *
 * <p>Metric: {@code realtime.recovery.pages.read}.
 */
@Component
final class StreamPages {

    static final long MOST_BYTES = 8 * 1024 * 1024;

    private static final int PAGE_ENTRIES = 500;
    private static final long PAGE_BYTES = 256 * 1024;
    private static final long SECOND = 1_000;

    /** How long a reader waits for its turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StreamHistory history;
    private final EventRing ring;
    private final Counter read;
    /** Held while a page is read. Fair, so that no reader is overtaken by later ones. */
    private final ReentrantLock reading = new ReentrantLock(true);

    /** Pages by their start, with their last use; guards itself and the fields below. */
    private final NavigableMap<StreamId, Kept> pages = new TreeMap<>();

    private long bytes;
    private long uses;
    private int restarts;
    /** The oldest entry of the stream at the last look; null before the first look. */
    private @Nullable StreamId oldest;

    private static final class Kept {

        private final StreamPage page;
        private final long bytes;
        private long used;

        Kept(StreamPage page) {
            this.page = page;
            this.bytes = page.bytes();
        }
    }

    StreamPages(StreamHistory history, EventRing ring, MeterRegistry meters) {
        this.history = history;
        this.ring = ring;
        this.read = Counter.builder("realtime.recovery.pages.read")
                .description("Pages of the stream read for replays")
                .register(meters);
    }

    /**
     * The page that covers this id; null if the stream does not reach back that far.
     *
     * @throws org.springframework.dao.DataAccessException if Redis does not answer
     */
    @Nullable
    StreamPage around(StreamId id) {
        synchronized (pages) {
            forgetOtherStreams();
            if (oldest != null && id.compareTo(oldest) < 0) {
                return null;
            }
        }
        return get(id, page -> page.reaches(id), wholeSecondBefore(id));
    }

    /**
     * The page that has what follows this id, or the last page; null if the stream does not reach back that far.
     *
     * @throws org.springframework.dao.DataAccessException if Redis does not answer
     */
    @Nullable
    StreamPage after(StreamId id) {
        return get(id, page -> page.follows(id), anotherEndsWith(id) ? id : wholeSecondBefore(id));
    }

    /**
     * Where the stream begins and ends now.
     *
     * @throws org.springframework.dao.DataAccessException if Redis does not answer
     */
    Edges edges() {
        return history.edges(StreamHeaders.EVENTS_DESTINATION);
    }

    private @Nullable StreamPage get(StreamId id, Predicate<StreamPage> wanted, StreamId begin) {
        StreamPage known = find(id, wanted);
        if (known != null) {
            return known;
        }
        lock();
        try {
            StreamId from = begin;
            while (true) {
                known = find(id, wanted);
                if (known != null) {
                    return known;
                }
                StreamPage page = read(from);
                if (page.start().compareTo(id) > 0) {
                    return null;
                }
                if (wanted.test(page) || page.last() || page.through().compareTo(id) > 0) {
                    return page;
                }
                // One second may fill more than one page.
                from = page.through();
            }
        } finally {
            reading.unlock();
        }
    }

    private void lock() {
        try {
            if (!reading.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new QueryTimeoutException("Too many replays are waiting for pages of the stream");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("Interrupted while waiting to read a page of the stream", e);
        }
    }

    private @Nullable StreamPage find(StreamId id, Predicate<StreamPage> wanted) {
        synchronized (pages) {
            forgetOtherStreams();
            Map.Entry<StreamId, Kept> nearest = pages.floorEntry(id);
            // A page that begins with the id itself does not include it; the page before may.
            for (int looked = 0; nearest != null && looked < 2; looked++) {
                Kept kept = nearest.getValue();
                if (wanted.test(kept.page)) {
                    kept.used = ++uses;
                    return kept.page;
                }
                nearest = pages.lowerEntry(nearest.getKey());
            }
            return null;
        }
    }

    private boolean anotherEndsWith(StreamId id) {
        synchronized (pages) {
            return pages.values().stream().anyMatch(kept -> kept.page.through().equals(id));
        }
    }

    private static StreamId wholeSecondBefore(StreamId id) {
        return new StreamId(id.millis() - Long.remainderUnsigned(id.millis(), SECOND), 0).previous();
    }

    private StreamPage read(StreamId from) {
        int before = ring.restarts();
        StreamHistory.Page found =
                history.after(StreamHeaders.EVENTS_DESTINATION, from.toString(), Limits.of(PAGE_ENTRIES, PAGE_BYTES));
        // Asked after the read: entries trimmed during the read would be a gap.
        Edges edges = edges();
        read.increment();
        StreamId first = edges.first() == null ? StreamId.parse(edges.last()).next() : StreamId.parse(edges.first());
        StreamId start = edges.whole() || first.previous().compareTo(from) < 0 ? from : first.previous();
        List<Object> records = new ArrayList<>(found.entries().size());
        for (StreamHistory.Entry entry : found.entries()) {
            Object record = StreamRecords.of(entry);
            if (StreamRecords.id(record).compareTo(start) > 0) {
                records.add(record);
            }
        }
        StreamId through = records.isEmpty() ? start : StreamRecords.id(records.getLast());
        StreamPage page = new StreamPage(start, List.copyOf(records), through, found.next() == null);
        synchronized (pages) {
            forgetOtherStreams();
            if (before == restarts) {
                oldest = edges.whole() || edges.first() == null ? null : first;
                keep(page);
            }
        }
        return page;
    }

    private void keep(StreamPage page) {
        if (page.records().isEmpty()) {
            return;
        }
        Kept kept = new Kept(page);
        kept.used = ++uses;
        Kept replaced = pages.put(page.start(), kept);
        bytes += kept.bytes - (replaced == null ? 0 : replaced.bytes);
        while (bytes > MOST_BYTES) {
            Map.Entry<StreamId, Kept> least = null;
            for (Map.Entry<StreamId, Kept> each : pages.entrySet()) {
                if (least == null || each.getValue().used < least.getValue().used) {
                    least = each;
                }
            }
            if (least == null) {
                return;
            }
            pages.remove(least.getKey());
            bytes -= least.getValue().bytes;
        }
    }

    /** After a gap or a rollback, earlier pages may belong to another stream. */
    private void forgetOtherStreams() {
        int now = ring.restarts();
        if (now != restarts) {
            restarts = now;
            pages.clear();
            bytes = 0;
            oldest = null;
        }
    }
}
