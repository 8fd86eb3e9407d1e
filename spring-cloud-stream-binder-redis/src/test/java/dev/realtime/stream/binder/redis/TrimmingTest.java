package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bounds that take effect within a second after a send, by Redis' clock. */
class TrimmingTest {

    private static final String PRODUCER = "spring.cloud.stream.redis.bindings.events-out.producer.";
    private static final int KILOBYTES = 2 * 1024;
    private static final int MEGABYTE = 1024 * 1024;

    /** Entries of 2 KB with ids of the year 1970. */
    private static final String OLD =
            "for i = 1, ARGV[1] do" + " redis.call('XADD', KEYS[1], i .. '-1', 'payload', string.rep('x', 2048)) end";

    /** Entries with current ids, by the server's clock. */
    private static final String NEW = "for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], '*', 'payload', 'x') end";

    @Test
    void aStreamTakesAboutMaxBytesAndKeepsTheNewest() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port(), PRODUCER + "max-length-bytes=1MB")) {
            IntStream.range(0, 1_500).forEach(i -> app.send("m" + i + "x".repeat(KILOBYTES)));
            await().until(() -> size(redis) <= MEGABYTE);
            assertThat(size(redis)).isGreaterThan(MEGABYTE / 2);
            assertThat(redis.payloads("events").getLast()).startsWith("m1499x");
        }
    }

    @Test
    void measuresTheOldestEntriesIfTheyAreLarger() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port(), PRODUCER + "max-length-bytes=1MB")) {
            run(redis, it -> it.eval(OLD, ScriptOutputType.STATUS, new String[] {"events"}, "600"));
            run(redis, it -> it.eval(NEW, ScriptOutputType.STATUS, new String[] {"events"}, "3000"));
            app.send("m");
            await().until(() -> size(redis) <= MEGABYTE);
            // Half of the large entries were trimmed and none of the small ones.
            assertThat(length(redis)).isBetween(3_001L, 3_450L);
        }
    }

    @Test
    void keepsEntriesYoungerThanMinAgeRegardlessOfTheirBytes() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        PRODUCER + "max-length-bytes=1MB",
                        PRODUCER + "max-length=10",
                        PRODUCER + "min-age=1h")) {
            run(redis, it -> it.eval(OLD, ScriptOutputType.STATUS, new String[] {"events"}, "600"));
            IntStream.range(0, 800).forEach(i -> app.send("m" + i + "x".repeat(KILOBYTES)));
            await().until(() ->
                    !redis.command("XRANGE", "events", "-", "+", "COUNT", "1").contains("-1\r\n"));
            assertThat(length(redis)).isEqualTo(800);
            assertThat(size(redis)).isGreaterThan(MEGABYTE);
        }
    }

    @Test
    void aShareOfMaxmemoryIsABoundEvenWhileRedisIsFull() {
        try (var redis = RedisProcess.with("--save", "", "--maxmemory", "8mb", "--maxmemory-policy", "noeviction");
                var app = TestApplication.start(redis.port(), PRODUCER + "max-memory-share=0.125")) {
            app.send("first");
            run(redis, it -> it.del("events"));
            run(redis, it -> it.eval(OLD, ScriptOutputType.STATUS, new String[] {"events"}, "1200"));
            run(redis, it -> it.configSet("maxmemory", "3mb"));
            assertThat(redis.command("SET", "k", "v")).startsWith("-OOM");

            assertThatThrownBy(() -> app.send("refused")).rootCause().hasMessageStartingWith("OOM");
            await().until(() -> size(redis) <= 3 * MEGABYTE / 8);
            app.send("taken");
            assertThat(redis.payloads("events").getLast()).isEqualTo("taken");
        }
    }

    @Test
    void trimsEntriesOlderThanTheRetention() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(), PRODUCER + "retention=1h", PRODUCER + "trim-policy=exact")) {
            redis.command("XADD", "events", "1-1", "payload", "old");
            app.send("new");
            await().until(() -> length(redis) == 1);
        }
    }

    @Test
    void trimsAHundredThousandExcessEntriesSoonEvenIfGroupsAreSpared() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(), PRODUCER + "max-length=1000", PRODUCER + "trim-policy=unacknowledged")) {
            run(redis, it -> it.eval(NEW, ScriptOutputType.STATUS, new String[] {"events"}, "100000"));
            app.send("m");
            // At a thousand a second, this would take more than a minute and a half.
            await().until(() -> length(redis) == 1_000);
        }
    }

    @Test
    void severalProducersTakeTurns() {
        try (var redis = RedisProcess.volatileServer();
                var one = TestApplication.start(redis.port(), PRODUCER + "max-length-bytes=1MB");
                var other = TestApplication.start(redis.port(), PRODUCER + "max-length-bytes=1MB")) {
            for (int i = 0; i < 800; i++) {
                one.send("x".repeat(KILOBYTES));
                other.send("x".repeat(KILOBYTES));
            }
            await().until(() -> size(redis) <= MEGABYTE);
            assertThat(redis.command("PTTL", "events:{events}:trim:turn")).startsWith(":");
        }
    }

    @Test
    void boundsThatContradictEachOtherAreRefused() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        "spring.cloud.stream.binding-retry-interval=0",
                        PRODUCER + "retention=1m",
                        PRODUCER + "min-age=2m")) {
            assertThatThrownBy(() -> app.send("m")).rootCause().hasMessageContaining("min-age is PT2M");
        }
    }

    private static long size(RedisProcess redis) {
        return number(redis.command("MEMORY", "USAGE", "events", "SAMPLES", "0"));
    }

    private static long length(RedisProcess redis) {
        return number(redis.command("XLEN", "events"));
    }

    private static long number(String answer) {
        return Long.parseLong(answer.substring(1).strip());
    }

    private static <T> T run(RedisProcess redis, Function<RedisCommands<String, String>, T> commands) {
        try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()));
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return commands.apply(connection.sync());
        }
    }
}
