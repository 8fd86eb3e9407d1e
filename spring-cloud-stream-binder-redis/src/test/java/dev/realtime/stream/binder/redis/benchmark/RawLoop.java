package dev.realtime.stream.binder.redis.benchmark;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Arrays;
import java.util.List;

/** The least that reads a stream with Lettuce: no gaps, no claims, no reconnects, no headers. */
final class RawLoop implements AutoCloseable {

    private static final byte[] PAYLOAD = "payload".getBytes();

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final RedisCommands<byte[], byte[]> commands;
    private final byte[] stream;
    private final Thread thread;
    private volatile boolean running = true;

    /** @param group the consumer group, or {@code null} */
    RawLoop(int port, String stream, String group, int count, java.util.function.Consumer<byte[]> received) {
        this.client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
        this.commands = connection.sync();
        this.stream = stream.getBytes();
        if (group != null) {
            commands.xgroupCreate(
                    StreamOffset.from(this.stream, "0"), group.getBytes(), XGroupCreateArgs.Builder.mkstream());
        }
        this.thread = Thread.ofPlatform().start(() -> {
            try {
                if (group == null) {
                    read(count, received);
                } else {
                    readGroup(Consumer.from(group.getBytes(), "c".getBytes()), count, received);
                }
            } catch (RedisException closed) {
                // The loop ends with its connection.
            }
        });
    }

    private void read(int count, java.util.function.Consumer<byte[]> received) {
        String last = "0-0";
        while (running) {
            for (StreamMessage<byte[], byte[]> entry :
                    commands.xread(XReadArgs.Builder.block(1_000).count(count), StreamOffset.from(stream, last))) {
                last = entry.getId();
                received.accept(payload(entry));
            }
        }
    }

    private void readGroup(Consumer<byte[]> consumer, int count, java.util.function.Consumer<byte[]> received) {
        while (running) {
            List<StreamMessage<byte[], byte[]>> entries = commands.xreadgroup(
                    consumer, XReadArgs.Builder.block(1_000).count(count), StreamOffset.lastConsumed(stream));
            for (StreamMessage<byte[], byte[]> entry : entries) {
                received.accept(payload(entry));
            }
            if (!entries.isEmpty()) {
                commands.xack(
                        stream,
                        consumer.getGroup(),
                        entries.stream().map(StreamMessage::getId).toArray(String[]::new));
            }
        }
    }

    private static byte[] payload(StreamMessage<byte[], byte[]> entry) {
        for (var field : entry.getBody().entrySet()) {
            if (Arrays.equals(field.getKey(), PAYLOAD)) {
                return field.getValue();
            }
        }
        return PAYLOAD;
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        thread.join(2_000);
        connection.close();
        client.shutdown();
    }
}
