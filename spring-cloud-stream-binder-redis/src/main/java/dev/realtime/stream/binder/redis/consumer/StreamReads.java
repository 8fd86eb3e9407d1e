package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.wire.RawReply;
import io.lettuce.core.Consumer;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Sends commands whose replies contain entries, and leaves the decoding to {@link RawReply}. */
final class StreamReads {

    /** The id that stands for entries which no consumer of the group has read. */
    private static final String NEW = ">";

    /** Never completed. */
    private static final CompletableFuture<?> NEVER = new CompletableFuture<>();

    private StreamReads() {}

    /**
     * XREAD of one stream.
     *
     * @param id id after which to read
     * @param count the most entries
     * @param block how long the server waits for an entry; zero for not at all
     * @param abort ends the wait when completed
     */
    static RawReply read(RedisLink link, byte[] key, String id, int count, Duration block, CompletableFuture<?> abort) {
        return link.read(CommandType.XREAD, streams(args(), count, block, key, id), block, abort);
    }

    /**
     * XREADGROUP of entries of one stream that no consumer of the group has read.
     *
     * @param count the most entries
     * @param block how long the server waits for an entry; zero for not at all
     * @param abort ends the wait when completed
     */
    static RawReply readGroup(
            RedisLink link,
            Consumer<byte[]> consumer,
            byte[] key,
            int count,
            Duration block,
            CompletableFuture<?> abort) {
        CommandArgs<byte[], byte[]> args =
                args().add(CommandKeyword.GROUP).add(consumer.getGroup()).add(consumer.getName());
        return link.read(CommandType.XREADGROUP, streams(args, count, block, key, NEW), block, abort);
    }

    /** XREVRANGE from an id towards the start of the stream. */
    static RawReply backwards(RedisLink link, byte[] key, String id, int count) {
        return link.read(
                CommandType.XREVRANGE,
                args().addKey(key).add(id).add("-").add(CommandKeyword.COUNT).add(count),
                Duration.ZERO,
                NEVER);
    }

    private static CommandArgs<byte[], byte[]> streams(
            CommandArgs<byte[], byte[]> args, int count, Duration block, byte[] key, String id) {
        args.add(CommandKeyword.COUNT).add(count);
        if (!block.isZero()) {
            args.add(CommandKeyword.BLOCK).add(block.toMillis());
        }
        return args.add("STREAMS").addKey(key).add(id);
    }

    private static CommandArgs<byte[], byte[]> args() {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE);
    }
}
