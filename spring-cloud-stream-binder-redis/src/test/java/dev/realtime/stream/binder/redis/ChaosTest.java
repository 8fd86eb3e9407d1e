package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.GroupedConsumer;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Resets connections and drops replies while entries are added. */
class ChaosTest {

    private static final Duration LENGTH = Duration.ofSeconds(6);

    @Test
    void brokenConnectionsLoseNothingAndOnlyGroupsMayRepeat() {
        try (var redis = RedisProcess.volatileServer();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(
                        List.of(GroupedConsumer.class),
                        proxy.port(),
                        "spring.cloud.function.definition=events;grouped",
                        "spring.cloud.stream.bindings.grouped-in-0.destination=events",
                        "spring.cloud.stream.bindings.grouped-in-0.group=g",
                        "spring.cloud.stream.bindings.grouped-in-0.consumer.concurrency=2",
                        "spring.cloud.stream.redis.binder.block-timeout=200ms",
                        "spring.cloud.stream.redis.bindings.grouped-in-0.consumer.claim-min-idle=3s",
                        "spring.cloud.stream.redis.bindings.grouped-in-0.consumer.claim-interval=1s")) {
            List<String> added = new ArrayList<>();
            Random random = new Random(7);
            int cuts = 0;
            try (var client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()));
                    var connection = client.connect()) {
                long end = System.nanoTime() + LENGTH.toNanos();
                long nextCut = System.nanoTime();
                while (System.nanoTime() < end) {
                    for (int i = 0; i < 20; i++) {
                        String payload = "m" + added.size();
                        connection.sync().xadd("events", Map.of("payload", payload));
                        added.add(payload);
                    }
                    if (System.nanoTime() > nextCut) {
                        nextCut = System.nanoTime()
                                + Duration.ofMillis(20 + random.nextInt(80)).toNanos();
                        if (random.nextBoolean()) {
                            proxy.dropReplies();
                        } else {
                            proxy.cut();
                            cuts++;
                        }
                    }
                }
            }
            proxy.cut();
            List<String> grouped = app.bean(GroupedConsumer.Seen.class).payloads;
            await().atMost(Duration.ofSeconds(60)).until(() -> app.received().size() >= added.size());
            await().atMost(Duration.ofSeconds(60)).until(() -> new HashSet<>(grouped).size() == added.size());
            await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
            assertThat(app.payloads()).isEqualTo(added);
            assertThat(app.continuityEvents()).isEmpty();
            System.out.printf(
                    "cuts %d, added %d, anonymous: missed 0, doubled 0; group: missed 0, doubled %d%n",
                    cuts, added.size(), grouped.size() - added.size());
        }
    }
}
