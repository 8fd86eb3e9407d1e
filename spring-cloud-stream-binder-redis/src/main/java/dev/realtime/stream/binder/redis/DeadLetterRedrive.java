package dev.realtime.stream.binder.redis;

import dev.realtime.stream.binder.redis.wire.RecordCodec;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.Range.Bound;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.stream.ByteRecord;
import org.springframework.util.Assert;

/**
 * Puts dead letters back into the streams they came from, oldest first. A bean of the application context. Thread-safe;
 * every call waits for Redis.
 *
 * <p>Only the group that failed receives an entry again; all others pass over it. The entry keeps its payload, its
 * headers and the id it had at first ({@link DeadLetterHeaders#ORIGINAL_ID}); only those of the failure are removed.
 *
 * <p>A call that ends early (a limit, a failure, a crash) can be repeated, and two calls may run at the same time: each
 * dead letter is put back once, unless Redis forgets writes or a call takes up again after more than seven days.
 */
public final class DeadLetterRedrive {

    private static final Duration REMEMBERED = Duration.ofDays(7);

    /** How long another call may take between reading a dead letter and putting it back. */
    private static final Duration REMEMBERED_AFTERWARDS = Duration.ofMinutes(10);

    /** The same layout as the producer's idempotence: the id of what was added. */
    private static final byte[] PUT_BACK_ONCE = StreamKeys.bytes("""
            local known = redis.call('GET', KEYS[2])
            if known then
              return 0
            end
            local id = redis.call('XADD', KEYS[1], '*', unpack(ARGV, 2))
            redis.call('SET', KEYS[2], id .. ' ', 'PX', ARGV[1])
            return 1
            """);

    private final RedisConnectionFactory connections;
    private final String keyPrefix;

    /** @param keyPrefix prefixed to a destination to form its stream's key */
    public DeadLetterRedrive(RedisConnectionFactory connections, String keyPrefix) {
        this.connections = connections;
        this.keyPrefix = keyPrefix;
    }

    /**
     * A dead letter.
     *
     * @param id its id in the dead letter stream
     * @param payload the payload, byte for byte
     * @param headers the headers, with {@link DeadLetterHeaders}
     */
    public record DeadLetter(String id, byte[] payload, Map<String, Object> headers) {}

    /**
     * What a call has done so far.
     *
     * @param redriven number of dead letters put back
     * @param skipped number of dead letters left where they are: not selected, or without a stream to go back to
     * @param last id of the last dead letter looked at, {@code null} if there was none
     * @param done whether there was no further dead letter when the call began
     */
    public record Progress(
            long redriven, long skipped, @Nullable String last, boolean done) {}

    /**
     * What to put back, and how much.
     *
     * @param limit the most dead letters to look at
     * @param after exclusive start: an id of the dead letter stream, {@code null} for its beginning
     * @param selected selects dead letters
     * @param progress called after each dead letter
     */
    public record Request(
            int limit, @Nullable String after, Predicate<DeadLetter> selected, Consumer<Progress> progress) {

        /** Refuses a limit below 1 and an id that is none. */
        public Request {
            Assert.isTrue(limit > 0, "limit must be 1 or more");
            if (after != null) {
                StreamId.parse(after);
            }
        }

        /** The oldest dead letters, whatever they are. */
        public static Request oldest(int limit) {
            return new Request(limit, null, letter -> true, progress -> {});
        }
    }

    /**
     * Puts dead letters back. Looks at none that is added after the call began, so that what fails again does not go in
     * circles.
     *
     * @param deadLetters destination of the dead letters, for example {@code orders.billing.dlq}
     * @throws DataAccessException if Redis does not answer or refuses; what was put back before stays so
     */
    public Progress redrive(String deadLetters, Request request) {
        byte[] key = StreamKeys.bytes(keyPrefix + deadLetters);
        try (RedisConnection connection = connections.getConnection()) {
            String end = newest(connection, key);
            Progress progress = new Progress(0, 0, request.after(), end == null);
            while (end != null && !progress.done() && progress.redriven() + progress.skipped() < request.limit()) {
                ByteRecord found = next(connection, key, progress.last(), end);
                if (found == null) {
                    return new Progress(progress.redriven(), progress.skipped(), progress.last(), true);
                }
                String id = found.getId().getValue();
                boolean back = putBack(connection, key, found, request);
                progress = new Progress(
                        progress.redriven() + (back ? 1 : 0), progress.skipped() + (back ? 0 : 1), id, id.equals(end));
                request.progress().accept(progress);
            }
            return progress;
        }
    }

    /** Number of dead letters. */
    public long length(String deadLetters) {
        try (RedisConnection connection = connections.getConnection()) {
            Long length = connection.streamCommands().xLen(StreamKeys.bytes(keyPrefix + deadLetters));
            return length == null ? 0 : length;
        }
    }

    private boolean putBack(RedisConnection connection, byte[] key, ByteRecord found, Request request) {
        StreamRecord entry = StreamRecord.of(
                new String(key, StandardCharsets.UTF_8), found.getId().getValue(), found.getValue());
        Map<String, Object> headers = RecordCodec.headers(entry);
        if (!(headers.get(DeadLetterHeaders.ORIGINAL_STREAM) instanceof String origin)
                || !request.selected().test(new DeadLetter(entry.id(), entry.payload(), Map.copyOf(headers)))) {
            return false;
        }
        int before = headers.get(DeadLetterHeaders.REDRIVE_COUNT) instanceof Integer count ? count : 0;
        headers.put(DeadLetterHeaders.REDRIVE_COUNT, before + 1);
        headers.put(DeadLetterHeaders.DEAD_LETTER_ID, entry.id());
        headers.remove(DeadLetterHeaders.DELIVERY_COUNT);
        headers.remove(DeadLetterHeaders.EXCEPTION_FQCN);
        headers.remove(DeadLetterHeaders.EXCEPTION_MESSAGE);
        headers.remove(DeadLetterHeaders.EXCEPTION_STACKTRACE);

        byte[] once = StreamKeys.bytes(StreamKeys.beside(origin, "redrive", entry.stream() + " " + entry.id()));
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(StreamKeys.bytes(origin));
        arguments.add(once);
        arguments.add(StreamKeys.bytes(Long.toString(REMEMBERED.toMillis())));
        arguments.addAll(RecordCodec.encode(entry.withoutHeaders(), headers));
        if (headers.get(DeadLetterHeaders.ORIGINAL_GROUP) instanceof String group) {
            arguments.add(StreamKeys.bytes(RecordCodec.ONLY_GROUP));
            arguments.add(StreamKeys.bytes(group));
        }
        connection.scriptingCommands().eval(PUT_BACK_ONCE, ReturnType.INTEGER, 2, arguments.toArray(byte[][]::new));
        connection.streamCommands().xDel(key, found.getId());
        connection.keyCommands().pExpire(once, REMEMBERED_AFTERWARDS.toMillis());
        return true;
    }

    private static @Nullable String newest(RedisConnection connection, byte[] key) {
        List<ByteRecord> newest = connection
                .streamCommands()
                .xRevRange(key, Range.unbounded(), Limit.limit().count(1));
        return newest == null || newest.isEmpty() ? null : newest.get(0).getId().getValue();
    }

    private static @Nullable ByteRecord next(
            RedisConnection connection, byte[] key, @Nullable String after, String end) {
        List<ByteRecord> found = connection
                .streamCommands()
                .xRange(
                        key,
                        Range.of(after == null ? Bound.unbounded() : Bound.exclusive(after), Bound.inclusive(end)),
                        Limit.limit().count(1));
        return found == null || found.isEmpty() ? null : found.get(0);
    }
}
