package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.wire.RawReply;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import dev.realtime.stream.binder.redis.wire.StreamReplies;
import io.lettuce.core.Consumer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.data.redis.RedisConnectionFailureException;

/** Reads entries that no consumer of the group has read; fewer at a time while they arrive slowly. Not thread-safe. */
final class NewEntries {

    private final String stream;
    private final byte[] key;
    private final Consumer<byte[]> consumer;
    private final ReadSize size;

    /** @param most the most entries of one read */
    NewEntries(String stream, Consumer<byte[]> consumer, int most) {
        this.stream = stream;
        this.key = StreamKeys.bytes(stream);
        this.consumer = consumer;
        this.size = new ReadSize(most);
    }

    /**
     * The next entries, in order.
     *
     * @param block how long the server waits for an entry; zero for not at all
     * @param abort ends the wait when completed
     */
    List<StreamRecord> read(RedisLink link, Duration block, CompletableFuture<?> abort) {
        RawReply reply;
        try {
            reply = StreamReads.readGroup(link, consumer, key, size.next(), block, abort);
        } catch (RedisConnectionFailureException failure) {
            size.failed(failure);
            throw failure;
        }
        List<StreamRecord> records = StreamReplies.streams(reply.get()).getOrDefault(stream, List.of());
        size.succeeded(records.size(), reply.arrivalTime());
        return records;
    }
}
