package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.SharedRedis;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What users of other clients of Redis Streams reported, as far as no other test has it. Others name the report that they
 * cover in their own comments.
 */
class ReportsTest {

    @RegisterExtension
    static final SharedRedis redis = new SharedRedis();

    /**
     * redis/redis#12998: a server may block a read for longer than it was asked to, as often as another consumer of the
     * group gets the entry. Such a reply is late, and the connection is not to blame.
     */
    @Test
    void aServerMayBlockLongerThanAskedTo() {
        try (var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(
                        proxy.port(),
                        "spring.cloud.stream.bindings.events-in-0.group=g",
                        "spring.cloud.stream.redis.binder.block-timeout=200ms",
                        "spring.cloud.stream.redis.binder.reply-timeout=10s")) {
            int connections = proxy.accepted();
            proxy.delay(Duration.ofMillis(800));
            await().until(() -> app.subscription().sinceLastPoll().toMillis() > 600);
            await().until(() -> app.subscription().sinceLastPoll().toMillis() < 600);
            redis.command("XADD", "events", "*", "payload", "m");
            await().until(() -> app.payloads().equals(List.of("m")));
            assertThat(app.subscription().failure()).isNull();
            assertThat(proxy.accepted()).isEqualTo(connections);
            proxy.delay(Duration.ZERO);
        }
    }

    /**
     * redis/redis#10198: claiming an entry that was deleted while pending answers nothing, on older servers again and
     * again. It must not hide the entries behind it, and it must not stay pending.
     */
    @Test
    void entriesDeletedWhilePendingHideNoOthers() {
        redis.command("XGROUP", "CREATE", "events", "g", "0", "MKSTREAM");
        for (int i = 1; i <= 3; i++) {
            redis.command("XADD", "events", i + "-1", "payload", "m" + i);
        }
        redis.command("XREADGROUP", "GROUP", "g", "dead", "STREAMS", "events", ">");
        redis.command("XDEL", "events", "1-1", "2-1");
        try (var app = TestApplication.start(
                List.of(Meters.class),
                redis.port(),
                "spring.cloud.stream.bindings.events-in-0.group=g",
                "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=100ms",
                "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-interval=100ms")) {
            await().until(() -> app.payloads().equals(List.of("m3")));
            await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
            assertThat(app.bean(SimpleMeterRegistry.class)
                            .get("spring.cloud.stream.redis.lost.pending")
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
    }

    /**
     * redis/redis#5433: a replica that is promoted may know of fewer acknowledgements than its master did. The group
     * then handles those entries once more, and no other is missed.
     */
    @Test
    void acknowledgementsThatTheServerForgotAreRepeatedByHandlingAgain() {
        try (var app = TestApplication.start(redis.port(), "spring.cloud.stream.bindings.events-in-0.group=g")) {
            List.of("m1", "m2", "m3").forEach(app::send);
            await().until(() -> app.received().size() == 3);
            await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
            String first = app.received().getFirst().getHeaders().get(RedisBinderHeaders.STREAM_ID, String.class);
            redis.command("XGROUP", "SETID", "events", "g", first);
            app.send("m4");
            await().until(() -> app.payloads().equals(List.of("m1", "m2", "m3", "m2", "m3", "m4")));
            await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
        }
    }

    /**
     * spring-cloud/spring-cloud-stream#2452: a StreamBridge forgets destinations that were not used lately; what a
     * forgotten one had must be closed. Here each has a connection of its own.
     */
    @Test
    void aForgottenDynamicDestinationKeepsNoConnection() {
        try (var app = TestApplication.start(
                redis.port(),
                "spring.cloud.stream.dynamic-destination-cache-size=2",
                "spring.cloud.stream.redis.default.producer.wait-replicas=1",
                "spring.cloud.stream.redis.default.producer.send-timeout=100ms")) {
            for (int i = 0; i < 12; i++) {
                sendInVain(app, "dynamic-" + i);
            }
            assertThat(redis.payloads("dynamic-11")).hasSize(1);
            // Two for destinations, one that is just being closed, one to read, one for commands, one to ask.
            await().until(() -> connections() <= 6);
        }
    }

    /** There is no replica to wait for: the entry is there, but the send fails. */
    private static void sendInVain(TestApplication app, String destination) {
        try {
            app.send(destination, "m".getBytes(), Map.of());
        } catch (RuntimeException noReplica) {
            // Expected.
        }
    }

    private static int connections() {
        return (int) redis.command("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains("addr="))
                .count();
    }

    @Configuration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        SimpleMeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
