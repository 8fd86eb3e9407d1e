package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** The users of README.md may do what they need, with one pattern for a stream and its further keys. */
class PermissionsTest {

    private static final String PRODUCER = "spring.cloud.stream.redis.bindings.events-out.producer.";
    private static final String GROUP = "spring.cloud.stream.redis.bindings.events-in-0.consumer.";
    private static final String BINDINGS = "spring.cloud.stream.bindings.";

    @Test
    void aUserOfOneStreamSendsReadsTrimsAndKeepsDeadLetters() throws IOException {
        try (var redis = RedisProcess.with("--save", "", "--maxmemory", "64mb")) {
            setUser(redis, "events-app");
            try (var app = TestApplication.start(
                    List.of(Listener.class),
                    redis.port(),
                    "spring.data.redis.username=events-app",
                    "spring.data.redis.password=secret",
                    "spring.cloud.function.definition=events;listen",
                    BINDINGS + "listen-in-0.destination=events",
                    BINDINGS + "events-in-0.group=g",
                    BINDINGS + "events-in-0.consumer.max-attempts=1",
                    GROUP + "enable-dlq=true",
                    GROUP + "claim-interval=200ms",
                    GROUP + "claim-min-idle=100ms",
                    GROUP + "dead-consumer-timeout=1s",
                    BINDINGS + "events-out.producer.required-groups=g",
                    PRODUCER + "retention=1h",
                    PRODUCER + "max-length-bytes=1MB",
                    PRODUCER + "max-memory-share=0.5",
                    PRODUCER + "trim-policy=unacknowledged")) {
                app.inbox().hook = message -> {
                    if (new String(message.getPayload()).equals("bad")) {
                        throw new IllegalStateException("bad");
                    }
                };
                Map<String, Object> once = Map.of(RedisBinderHeaders.IDEMPOTENCE_KEY, "k");
                RecordMetadata first = app.send("good".getBytes(), once);
                assertThat(app.send("good".getBytes(), once).duplicate()).isTrue();
                app.send("bad");
                await().until(() -> redis.command("XLEN", "events.g.dlq").equals(":1\r\n"));
                await().until(() -> app.payloads().contains("good"));
                await().until(() ->
                        redis.command("PTTL", "events:{events}:trim:turn").startsWith(":-2"));
                StreamHistory history = app.bean(StreamHistory.class);
                assertThat(history.find("events", first.id())).isPresent();
                assertThat(history.before("events", null, Limits.of(10, 1000)).entries())
                        .hasSize(2);
                assertThat(history.edges("events").last()).isNotEqualTo("0-0");
                // Long enough for a look at claims, dead consumers and the stream's state.
                await().until(() -> calls(redis, "xautoclaim") > 3 && calls(redis, "xtrim") > 0);
            }
            assertThat(refused(redis)).isEmpty();
            // Another stream is out of reach.
            assertThatThrownBy(() -> as("events-app", redis, it -> it.xadd("orders", Map.of("a", "b"))))
                    .hasMessageStartingWith("NOPERM");
        }
    }

    @Test
    void aUserWhoOnlySendsNeedsLess() throws IOException {
        try (var redis = RedisProcess.volatileServer()) {
            setUser(redis, "events-sender");
            try (var app = TestApplication.start(
                    redis.port(),
                    "spring.data.redis.username=events-sender",
                    "spring.data.redis.password=secret",
                    BINDINGS + "events-in-0.consumer.auto-startup=false")) {
                app.send("plain");
                assertThat(app.send("once".getBytes(), Map.of(RedisBinderHeaders.IDEMPOTENCE_KEY, "k"))
                                .duplicate())
                        .isFalse();
            }
            assertThat(refused(redis)).isEmpty();
            assertThatThrownBy(() -> as("events-sender", redis, it -> it.xrange("events", Range.unbounded())))
                    .hasMessageStartingWith("NOPERM");
        }
    }

    /** Runs the line of the README for this user. */
    private static void setUser(RedisProcess redis, String user) throws IOException {
        Matcher line = Pattern.compile("ACL SETUSER " + user + " [^`]*?(?=\n\n|\nACL|\n```)", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(line.find()).isTrue();
        assertThat(redis.command(line.group().replace("\\\n", " ").trim().split("\\s+")))
                .isEqualTo("+OK\r\n");
    }

    private static void as(String user, RedisProcess redis, Consumer<RedisCommands<String, String>> command) {
        RedisURI address = RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(redis.port())
                .withAuthentication(user, "secret")
                .build();
        try (RedisClient client = RedisClient.create(address);
                StatefulRedisConnection<String, String> connection = client.connect()) {
            command.accept(connection.sync());
        }
    }

    private static int calls(RedisProcess redis, String command) {
        Matcher stat =
                Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(redis.command("INFO", "commandstats"));
        return stat.find() ? Integer.parseInt(stat.group(1)) : 0;
    }

    /** What was refused. Client libraries send their name, which nobody needs. */
    private static List<String> refused(RedisProcess redis) {
        return Pattern.compile("object\r\n\\$\\d+\r\n([^\r]+)")
                .matcher(redis.command("ACL", "LOG"))
                .results()
                .map(found -> found.group(1))
                // Redis 6.2 names the command alone.
                .filter(command -> !command.equals("client|setinfo") && !command.equals("client"))
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class Listener {

        @Bean
        Consumer<Message<byte[]>> listen() {
            return message -> {};
        }
    }
}
