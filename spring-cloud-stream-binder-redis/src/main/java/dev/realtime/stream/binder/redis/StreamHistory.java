package dev.realtime.stream.binder.redis;

import dev.realtime.stream.binder.redis.wire.RecordCodec;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.Range.Bound;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.stream.ByteRecord;
import org.springframework.data.redis.connection.stream.StreamInfo.XInfoStream;

/**
 * Reads back in streams, independently of their consumers. A bean of the application context. Thread-safe; every call
 * waits for Redis.
 *
 * <p>Pages are bounded in entries and in bytes. A call reads at most {@value #AT_ONCE} entries at a time, and fewer if
 * they are large, so that it never holds much more than the requested page.
 *
 * <p>Ids are {@code millis-sequence} or {@code millis}; any other text causes an {@link IllegalArgumentException}.
 */
public final class StreamHistory {

    /** The most entries of one read: 32 of the largest events are 8 MB. */
    static final int AT_ONCE = 32;

    /** The intended size of one read, estimated by the largest entry of the previous read. */
    private static final long BYTES_AT_ONCE = 1_000_000;

    /** The bytes of an entry besides payload and headers: its id, the names of its fields, and their lengths. */
    private static final int OVERHEAD = 64;

    private final RedisConnectionFactory connections;
    private final String keyPrefix;

    /** @param keyPrefix prefixed to a destination to form its stream's key */
    public StreamHistory(RedisConnectionFactory connections, String keyPrefix) {
        this.connections = connections;
        this.keyPrefix = keyPrefix;
    }

    /**
     * An entry of a stream.
     *
     * @param id the entry's id
     * @param payload the message's payload, byte for byte
     * @param headers the message's headers
     * @param bytes approximate number of bytes it takes in the stream
     */
    public record Entry(String id, byte[] payload, Map<String, Object> headers, long bytes) {}

    /**
     * The bounds of one page and of what is read for it. At least one entry is always read, whatever its size.
     *
     * @param entries the most entries of the page
     * @param bytes the most bytes of the page; the last entry may exceed it
     * @param scannedBytes the most bytes read for the page; the last read may exceed it
     */
    public record Limits(int entries, long bytes, long scannedBytes) {

        public Limits {
            if (entries < 1 || bytes < 1 || scannedBytes < 1) {
                throw new IllegalArgumentException("A page needs a limit of at least one entry and one byte");
            }
        }

        /** Limits of a page without a filter, where every entry read is part of the page. */
        public static Limits of(int entries, long bytes) {
            return new Limits(entries, bytes, bytes);
        }
    }

    /**
     * A page of a stream. A page with fewer entries than requested, or none, is not necessarily the last.
     *
     * @param entries the entries found
     * @param next where to continue: the id of the last entry examined; null at the end
     */
    public record Page(List<Entry> entries, @Nullable String next) {}

    /**
     * The entries before an id, newest first.
     *
     * @param id exclusive start; null for the end of the stream
     * @throws DataAccessException if Redis does not answer
     */
    public Page before(String destination, @Nullable String id, Limits limits) {
        return before(destination, id, null, limits, entry -> true);
    }

    /**
     * The matching entries between two ids, newest first.
     *
     * @param id exclusive start; null for the end of the stream
     * @param after exclusive end; null for the beginning of the stream
     * @param fits selects entries
     * @throws DataAccessException if Redis does not answer
     */
    public Page before(
            String destination, @Nullable String id, @Nullable String after, Limits limits, Predicate<Entry> fits) {
        Bound<String> oldest = exclusive(after);
        return page(
                limits,
                fits,
                id,
                (from, count) -> read(
                        destination,
                        (key, connection) -> connection
                                .streamCommands()
                                .xRevRange(key, Range.of(oldest, exclusive(from)), limit(count))));
    }

    /**
     * The entries after an id, oldest first.
     *
     * @param id exclusive start; null for the beginning of the stream
     * @throws DataAccessException if Redis does not answer
     */
    public Page after(String destination, @Nullable String id, Limits limits) {
        return page(
                limits,
                entry -> true,
                id,
                (from, count) -> read(
                        destination,
                        (key, connection) -> connection
                                .streamCommands()
                                .xRange(key, Range.of(exclusive(from), Bound.unbounded()), limit(count))));
    }

    /**
     * One entry; empty if the stream does not have it, or no longer.
     *
     * @throws DataAccessException if Redis does not answer
     */
    public Optional<Entry> find(String destination, String id) {
        StreamId.parse(id);
        return read(
                        destination,
                        (key, connection) -> connection.streamCommands().xRange(key, Range.closed(id, id), limit(1)))
                .stream()
                .findFirst();
    }

    /**
     * The id of the entry that was added under an idempotence key; empty if there was none, or the key is no longer
     * remembered. The entry itself may have been trimmed.
     *
     * @throws DataAccessException if Redis does not answer
     */
    public Optional<String> addedUnder(String destination, String idempotenceKey) {
        try (RedisConnection connection = connections.getConnection()) {
            byte[] known = connection
                    .stringCommands()
                    .get(StreamKeys.bytes(StreamKeys.idempotence(keyPrefix + destination, idempotenceKey)));
            return known == null
                    ? Optional.empty()
                    : Optional.of(new String(known, StandardCharsets.UTF_8).split(" ", 2)[0]);
        }
    }

    /**
     * The edges of a stream.
     *
     * @param first id of the oldest entry; null if the stream is empty
     * @param last id of the last entry ever added, {@value StreamId#ZERO} if there was none
     * @param whole whether every entry ever added still exists; false before Redis 7, which does not count them
     */
    public record Edges(@Nullable String first, String last, boolean whole) {}

    /**
     * The edges of a stream. A missing stream counts as an empty one.
     *
     * @throws DataAccessException if Redis does not answer
     */
    public Edges edges(String destination) {
        byte[] key = StreamKeys.bytes(keyPrefix + destination);
        try (RedisConnection connection = connections.getConnection()) {
            if (!Boolean.TRUE.equals(connection.keyCommands().exists(key))) {
                return new Edges(null, StreamId.ZERO, true);
            }
            XInfoStream info = connection.streamCommands().xInfo(key);
            if (info == null) {
                throw new InvalidDataAccessApiUsageException("XINFO cannot be part of a pipeline");
            }
            Map<String, Object> raw = info.getRaw();
            String first = info.streamLength() == 0 ? null : info.firstEntryId();
            return new Edges(
                    first,
                    info.lastGeneratedId(),
                    raw.get("entries-added") instanceof Long added && added.equals(info.streamLength()));
        }
    }

    private interface Chunks {
        List<Entry> read(@Nullable String from, int count);
    }

    private static Page page(Limits limits, Predicate<Entry> fits, @Nullable String begin, Chunks chunks) {
        List<Entry> found = new ArrayList<>();
        String from = begin;
        long bytes = 0;
        long scanned = 0;
        // The entries' size is not known yet, and a page of one entry needs only one.
        int count = Math.min(limits.entries(), 4);
        while (scanned < limits.scannedBytes()) {
            List<Entry> chunk = chunks.read(from, count);
            long largest = 1;
            for (Entry entry : chunk) {
                from = entry.id();
                largest = Math.max(largest, entry.bytes());
                scanned += entry.bytes();
                if (fits.test(entry)) {
                    found.add(entry);
                    bytes += entry.bytes();
                    if (found.size() == limits.entries() || bytes >= limits.bytes()) {
                        return new Page(found, from);
                    }
                }
            }
            if (chunk.size() < count) {
                return new Page(found, null);
            }
            count = (int) Math.max(1, Math.min(AT_ONCE, BYTES_AT_ONCE / largest));
        }
        return new Page(found, from);
    }

    private interface Reading {
        @Nullable
        List<ByteRecord> of(byte[] key, RedisConnection connection);
    }

    private List<Entry> read(String destination, Reading reading) {
        String stream = keyPrefix + destination;
        try (RedisConnection connection = connections.getConnection()) {
            List<ByteRecord> records = reading.of(StreamKeys.bytes(stream), connection);
            return records == null
                    ? List.of()
                    : records.stream().map(record -> entry(stream, record)).toList();
        }
    }

    private static Entry entry(String stream, ByteRecord found) {
        StreamRecord entry = StreamRecord.of(stream, found.getId().getValue(), found.getValue());
        byte @Nullable [] headers = entry.headers();
        long bytes = (long) OVERHEAD + entry.payload().length + (headers == null ? 0 : headers.length);
        return new Entry(entry.id(), entry.payload(), RecordCodec.headers(entry), bytes);
    }

    private static Bound<String> exclusive(@Nullable String id) {
        if (id == null) {
            return Bound.unbounded();
        }
        StreamId.parse(id);
        return Bound.exclusive(id);
    }

    private static Limit limit(int count) {
        return Limit.limit().count(count);
    }
}
