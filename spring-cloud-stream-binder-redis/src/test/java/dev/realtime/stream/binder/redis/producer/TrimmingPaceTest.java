package dev.realtime.stream.binder.redis.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How fast and how exactly the script trims. */
class TrimmingPaceTest {

    private static final String PRODUCER = "spring.cloud.stream.redis.bindings.events-out.producer.";
    private static final int MEGABYTE = 1024 * 1024;

    /** Adds entries and lets the group read and acknowledge all of them. */
    private static final String ADD_AND_READ = """
            for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], '*', 'payload', 'x') end
            redis.call('XREADGROUP', 'GROUP', 'g', 'c', 'NOACK', 'COUNT', 100000, 'STREAMS', KEYS[1], '>')
            return redis.call('XLEN', KEYS[1])
            """;

    private static final String ADD =
            "for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], '*', 'payload', string.rep('x', ARGV[2])) end";

    /** Needs four seconds, since trimming happens once a second. */
    @Test
    void keepsUpWithFiveThousandAcknowledgedEntriesASecond() {
        try (var redis = RedisProcess.volatileServer();
                var client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()));
                var connection = client.connect();
                var app = TestApplication.start(
                        redis.port(), PRODUCER + "max-length=1000", PRODUCER + "trim-policy=unacknowledged")) {
            RedisCommands<String, String> commands = connection.sync();
            redis.command("XGROUP", "CREATE", "events", "g", "0", "MKSTREAM");
            long begin = System.nanoTime();
            AtomicInteger sent = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                long elapsed = System.nanoTime() - begin;
                int due = (int) (elapsed / 200_000) - sent.get();
                app.send("m");
                commands.eval(ADD_AND_READ, ScriptOutputType.INTEGER, new String[] {"events"}, "" + due);
                sent.addAndGet(due);
                return elapsed > 4_000_000_000L;
            });
            assertThat(sent.get()).isGreaterThan(19_000);
            // A thousand a second would need more than a quarter of a minute for the rest.
            await().atMost(Duration.ofSeconds(10)).until(() -> commands.xlen("events") <= 1_000);
        }
    }

    @Test
    void largeEntriesFillTheirBytes() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port(), PRODUCER + "max-length-bytes=1MB")) {
            add(redis, 60, 100_000);
            app.send("m");
            await().until(() -> size(redis) <= MEGABYTE);
            assertThat(size(redis)).isGreaterThan(MEGABYTE * 8L / 10);
        }
    }

    @Test
    void aFewSmallEntriesBeforeLargeOnesDoNotMisleadIt() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port(), PRODUCER + "max-length-bytes=4MB")) {
            add(redis, 150, 1);
            add(redis, 100, 100_000);
            add(redis, 20_000, 1);
            app.send("m");
            await().until(() -> size(redis) <= 4 * MEGABYTE);
            assertThat(size(redis)).isGreaterThan(3 * MEGABYTE);
        }
    }

    private static void add(RedisProcess redis, int entries, int bytes) {
        try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()));
                StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().eval(ADD, ScriptOutputType.STATUS, new String[] {"events"}, "" + entries, "" + bytes);
        }
    }

    private static long size(RedisProcess redis) {
        return Long.parseLong(redis.command("MEMORY", "USAGE", "events", "SAMPLES", "0")
                .substring(1)
                .strip());
    }
}
