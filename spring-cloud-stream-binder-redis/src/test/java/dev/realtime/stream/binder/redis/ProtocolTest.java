package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads correctly whatever the application's Lettuce options are. */
class ProtocolTest {

    /** Adds 1 to n in one step, so that one reply has all of them. */
    private static final String ADD =
            "\"for i=1,ARGV[1] do redis.call('XADD',KEYS[1],'*','payload','m'..i) end return 0\"";

    /** redis/lettuce#3800: the entries of a reply were decoded as one. */
    @ParameterizedTest
    @ValueSource(strings = {"", "g"})
    void readsEveryEntryOfAReplyInResp2(String group) {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        List.of(Resp2.class),
                        redis.port(),
                        "spring.cloud.stream.bindings.events-in-0.group=" + group)) {
            readsEveryEntry(redis, app);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g"})
    void readsEveryEntryOfAReplyWhereTheServerRefusesHello(String group) {
        try (var redis = RedisProcess.with("--rename-command", "HELLO", "NOBODY-MAY-CALL-IT", "--save", "");
                var app = TestApplication.start(
                        redis.port(), "spring.cloud.stream.bindings.events-in-0.group=" + group)) {
            readsEveryEntry(redis, app);
        }
    }

    private static void readsEveryEntry(RedisProcess redis, TestApplication app) {
        redis.command("EVAL", ADD, "1", "events", "3");
        redis.command("EVAL", ADD, "1", "events", "100");
        List<String> added = IntStream.concat(IntStream.rangeClosed(1, 3), IntStream.rangeClosed(1, 100))
                .mapToObj(i -> "m" + i)
                .toList();
        await().until(() -> app.received().size() >= added.size());
        assertThat(app.payloads()).isEqualTo(added);
        assertThat(app.continuityEvents()).isEmpty();
        assertThat(app.bean(StreamHistory.class)
                        .after("events", null, Limits.of(1000, 1_000_000))
                        .entries())
                .extracting(entry -> new String(entry.payload()))
                .isEqualTo(added);
    }

    @Test
    void aFixedCommandTimeoutOfTheApplicationDoesNotEndReads() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(List.of(ShortTimeout.class), redis.port())) {
            await().until(() -> !readers(redis).isEmpty());
            List<String> before = readers(redis);
            await().during(Duration.ofMillis(1500))
                    .until(() -> app.subscription().failure() == null);
            assertThat(readers(redis)).isEqualTo(before);
        }
    }

    /** The connections that read, by the id that the server gave them. */
    private static List<String> readers(RedisProcess redis) {
        return redis.command("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains("cmd=xread"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class Resp2 {

        @Bean
        LettuceClientOptionsBuilderCustomizer resp2() {
            return options -> options.protocolVersion(ProtocolVersion.RESP2);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ShortTimeout {

        @Bean
        LettuceClientOptionsBuilderCustomizer shortTimeout() {
            return options -> options.timeoutOptions(TimeoutOptions.enabled(Duration.ofMillis(500)));
        }
    }
}
