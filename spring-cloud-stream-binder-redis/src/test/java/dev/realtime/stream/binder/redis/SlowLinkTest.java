package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that take longer to arrive than the server may take to answer. */
class SlowLinkTest {

    /** Adds entries of one size in one step. */
    private static final String ADD = "\"local payload=string.rep('x',ARGV[2]);"
            + "for i=1,ARGV[1] do redis.call('XADD',KEYS[1],'*','payload',payload) end return 0\"";

    @ParameterizedTest
    @ValueSource(strings = {"", "g"})
    void readsWhatNeedsLongerThanTheReplyTimeout(String group) {
        try (var redis = RedisProcess.volatileServer();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(
                        proxy.port(),
                        "spring.cloud.stream.bindings.events-in-0.group=" + group,
                        "spring.cloud.stream.redis.binder.block-timeout=100ms",
                        "spring.cloud.stream.redis.binder.reply-timeout=300ms")) {
            proxy.throttle(1_000_000);
            // Twenty entries of 50 KB, and one that alone needs longer than the reply timeout.
            redis.command("EVAL", ADD, "1", "events", "20", "50000");
            redis.command("EVAL", ADD, "1", "events", "1", "800000");
            await().until(() -> app.received().size() >= 21);
            assertThat(app.received()).hasSize(21);
            assertThat(app.received().getLast().getPayload()).hasSize(800_000);
            assertThat(app.continuityEvents()).isEmpty();
            assertThat(app.subscription().failure()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine-0", "other"})
    void takesPendingEntriesThatNeedLongerThanTheReplyTimeout(String consumer) {
        try (var redis = RedisProcess.volatileServer();
                var proxy = new CuttingProxy(redis.port())) {
            redis.command("XGROUP", "CREATE", "events", "g", "0", "MKSTREAM");
            redis.command("EVAL", ADD, "1", "events", "3", "800000");
            redis.command("XREADGROUP", "GROUP", "g", consumer, "STREAMS", "events", ">");
            proxy.throttle(1_000_000);
            try (var app = TestApplication.start(
                    proxy.port(),
                    "spring.cloud.stream.bindings.events-in-0.group=g",
                    "spring.cloud.stream.redis.bindings.events-in-0.consumer.consumer-name=mine",
                    "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=200ms",
                    "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-interval=100ms",
                    "spring.cloud.stream.redis.binder.block-timeout=100ms",
                    "spring.cloud.stream.redis.binder.reply-timeout=300ms")) {
                await().until(() -> app.received().size() >= 3);
                assertThat(app.subscription().failure()).isNull();
                await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g"})
    void checkingAStreamDoesNotFetchItsEntries(String group) {
        try (var redis = RedisProcess.volatileServer();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(
                        proxy.port(),
                        "spring.cloud.stream.bindings.events-in-0.group=" + group,
                        "spring.cloud.stream.redis.binder.block-timeout=100ms")) {
            redis.command("EVAL", ADD, "1", "events", "2", "1000000");
            await().until(() -> app.received().size() == 2);
            long before = proxy.replied();
            int reads = reads(redis);
            // Checks are a second apart.
            await().until(() -> reads(redis) >= reads + 15);
            assertThat(proxy.replied() - before).isLessThan(100_000);
        }
    }

    @Test
    void whereScriptsAreForbiddenStreamsAreCheckedByOtherCommands() {
        try (var redis = RedisProcess.volatileServer()) {
            redis.command("ACL", "SETUSER", "reader", "on", ">secret", "~*", "+@all", "-eval", "-evalsha");
            try (var app = TestApplication.start(
                    redis.port(), "spring.data.redis.username=reader", "spring.data.redis.password=secret")) {
                redis.command("XADD", "events", "*", "payload", "m");
                await().until(() -> app.received().size() == 1);
                redis.command("DEL", "events");
                await().until(() -> app.continuityEvents().size() == 1);
                assertThat(app.continuityEvents().getFirst()).isInstanceOf(StreamRollbackEvent.class);
            }
        }
    }

    private static int reads(RedisProcess redis) {
        return redis.command("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_xread"))
                .map(line -> line.substring(line.indexOf("calls=") + 6, line.indexOf(',')))
                .mapToInt(Integer::parseInt)
                .sum();
    }
}
