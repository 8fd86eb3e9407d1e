package dev.realtime.stream.binder.redis;

import dev.realtime.stream.binder.redis.wire.RecordCodec;
import dev.realtime.stream.binder.redis.wire.StreamId;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.Range.Bound;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.stream.ByteRecord;

/**
 * Looks back into streams beside their consumers, who notice nothing of it. A bean of the application context. Thread-safe;
 * every call waits for Redis.
 *
 * <p>Ids are {@code millis-sequence} or {@code millis} alone; another text is an {@link IllegalArgumentException}.
 */
public final class StreamHistory {

    private static final int MOST = 10_000;

    private final RedisConnectionFactory connections;
    private final String keyPrefix;

    /** @param keyPrefix what is put before a destination to make its stream's key */
    public StreamHistory(RedisConnectionFactory connections, String keyPrefix) {
        this.connections = connections;
        this.keyPrefix = keyPrefix;
    }

    /**
     * An entry as it stands in its stream.
     *
     * @param id its id
     * @param payload the message's payload, byte for byte
     * @param headers the message's headers
     */
    public record Entry(String id, byte[] payload, Map<String, Object> headers) {}

    /**
     * Entries before an id, the newest first.
     *
     * @param id where to begin, itself not counted; null for the end of the stream
     * @param count how many at most, up to 10,000
     * @throws DataAccessException when Redis does not answer
     */
    public List<Entry> before(String destination, @Nullable String id, int count) {
        Range<String> range = Range.of(Bound.unbounded(), exclusive(id));
        return read(
                destination, (key, connection) -> connection.streamCommands().xRevRange(key, range, limit(count)));
    }

    /**
     * Entries after an id, the oldest first.
     *
     * @param id where to begin, itself not counted; null for the stream's beginning
     * @param count how many at most, up to 10,000
     * @throws DataAccessException when Redis does not answer
     */
    public List<Entry> after(String destination, @Nullable String id, int count) {
        Range<String> range = Range.of(exclusive(id), Bound.unbounded());
        return read(
                destination, (key, connection) -> connection.streamCommands().xRange(key, range, limit(count)));
    }

    /**
     * One entry; empty when the stream has it no longer, or never had.
     *
     * @throws DataAccessException when Redis does not answer
     */
    public Optional<Entry> find(String destination, String id) {
        StreamId.parse(id);
        return read(
                        destination,
                        (key, connection) -> connection.streamCommands().xRange(key, Range.closed(id, id), limit(1)))
                .stream()
                .findFirst();
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
        return new Entry(entry.id(), entry.payload(), RecordCodec.headers(entry));
    }

    private static Bound<String> exclusive(@Nullable String id) {
        if (id == null) {
            return Bound.unbounded();
        }
        StreamId.parse(id);
        return Bound.exclusive(id);
    }

    private static Limit limit(int count) {
        return Limit.limit().count(Math.clamp(count, 1, MOST));
    }
}
