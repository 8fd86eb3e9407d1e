package dev.realtime.stream.binder.redis.benchmark;

import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.RedisTestBinder;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binder.Binding;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.MessageChannel;

/**
 * The binder beside the least loop that Lettuce needs, on one Redis. Not part of the build:
 * {@code ./mvnw -pl spring-cloud-stream-binder-redis test -Dtest=BinderBenchmark}.
 */
class BinderBenchmark {

    private static final double BOUND = 1.3;
    private static final int WARM_UP = 3_000;
    private static final int MEASURED = 10_000;
    private static final int BATCH = 100;
    private static final int ENTRIES = 200_000;

    private interface Reader {
        AutoCloseable start(int port, Consumer<byte[]> received) throws Exception;
    }

    @Test
    void latencyAndThroughput() throws Exception {
        double anonymous = latency((port, received) -> new RawLoop(port, "events", null, BATCH, received));
        double group = latency((port, received) -> new RawLoop(port, "events", "g", BATCH, received));
        double batches = throughput((port, received) -> new RawLoop(port, "events", "g", BATCH, received));
        print("anonymous, p50 µs", latency((port, received) -> binder(port, null, false, received)), anonymous);
        print("group, p50 µs", latency((port, received) -> binder(port, "g", false, received)), group);
        print(
                "batches of 100, µs an entry",
                throughput((port, received) -> binder(port, "g", true, received)),
                batches);
        print("anonymous through a function, p50 µs (no bound)", latency(BinderBenchmark::function), anonymous);
    }

    private static void print(String what, double ours, double raw) {
        System.out.printf(
                "%-50s binder %8.2f  Lettuce %8.2f  ratio %.2f%s%n",
                what, ours, raw, ours / raw, ours / raw <= BOUND ? "" : "  above " + BOUND);
    }

    private static AutoCloseable binder(int port, String group, boolean batches, Consumer<byte[]> received)
            throws Exception {
        RedisTestBinder binder = new RedisTestBinder(port);
        DirectChannel channel = new DirectChannel();
        channel.subscribe(message -> {
            if (message.getPayload() instanceof List<?> payloads) {
                payloads.forEach(payload -> received.accept((byte[]) payload));
            } else {
                received.accept((byte[]) message.getPayload());
            }
        });
        RedisConsumerProperties extension = new RedisConsumerProperties();
        extension.setBatchSize(BATCH);
        ExtendedConsumerProperties<RedisConsumerProperties> properties = new ExtendedConsumerProperties<>(extension);
        properties.setBatchMode(batches);
        Binding<MessageChannel> binding = binder.getBinder().bindConsumer("events", group, channel, properties);
        return () -> {
            binding.unbind();
            binder.cleanup();
        };
    }

    private static AutoCloseable function(int port, Consumer<byte[]> received) {
        TestApplication app = TestApplication.start(port);
        app.inbox().hook = message -> received.accept(message.getPayload());
        return app;
    }

    /** The median time from before XADD to the handler, in microseconds, at about a thousand entries a second. */
    private static double latency(Reader reader) throws Exception {
        long[] times = new long[WARM_UP + MEASURED];
        AtomicInteger seen = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(times.length);
        try (RedisProcess redis = RedisProcess.volatileServer();
                AutoCloseable reading = reader.start(redis.port(), payload -> {
                    int n = seen.getAndIncrement();
                    if (n < times.length) {
                        times[n] = System.nanoTime() - ByteBuffer.wrap(payload).getLong();
                        all.countDown();
                    }
                });
                RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()));
                StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            for (int i = 0; i < times.length; i++) {
                byte[] payload =
                        ByteBuffer.allocate(256).putLong(System.nanoTime()).array();
                connection.sync().xadd("events".getBytes(), Map.of("payload".getBytes(), payload));
                LockSupport.parkNanos(700_000);
            }
            if (!all.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException(all.getCount() + " entries did not arrive");
            }
        }
        long[] measured = Arrays.copyOfRange(times, WARM_UP, times.length);
        Arrays.sort(measured);
        return measured[measured.length / 2] / 1_000.0;
    }

    /** The time that an entry of a full stream takes, in microseconds; the first half warms up. */
    private static double throughput(Reader reader) throws Exception {
        AtomicInteger seen = new AtomicInteger();
        CountDownLatch half = new CountDownLatch(ENTRIES / 2);
        CountDownLatch all = new CountDownLatch(ENTRIES);
        try (RedisProcess redis = RedisProcess.volatileServer();
                RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()));
                StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            for (int i = 0; i < ENTRIES; i++) {
                connection.async().xadd("events".getBytes(), Map.of("payload".getBytes(), new byte[256]));
            }
            connection.sync().ping();
            try (AutoCloseable reading = reader.start(redis.port(), payload -> {
                seen.incrementAndGet();
                half.countDown();
                all.countDown();
            })) {
                half.await();
                long begin = System.nanoTime();
                int already = seen.get();
                if (!all.await(1, TimeUnit.MINUTES)) {
                    throw new IllegalStateException(all.getCount() + " entries did not arrive");
                }
                return (System.nanoTime() - begin) / 1_000.0 / (ENTRIES - already);
            }
        }
    }
}
