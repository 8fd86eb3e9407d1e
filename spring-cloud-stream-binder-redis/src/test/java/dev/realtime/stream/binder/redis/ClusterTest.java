package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs against Redis Cluster, which refuses scripts with keys of different slots. */
class ClusterTest {

    @Test
    void sendsOnceReadsAndReconnects() {
        try (var redis = cluster()) {
            try (var app = TestApplication.start(redis.port(), clusterAnd(redis))) {
                Map<String, Object> key = Map.of(RedisBinderHeaders.IDEMPOTENCE_KEY, "k");
                RecordMetadata first = app.send("a".getBytes(), key);
                assertThat(app.send("a".getBytes(), key)).isEqualTo(new RecordMetadata("events", first.id(), true));
                await().until(() -> app.payloads().equals(List.of("a")));
                redis.kill();
                redis.start();
                await().ignoreExceptions().until(() -> app.send("b") != null);
                await().until(() -> app.payloads().getLast().equals("b"));
                assertThat(app.payloads()).doesNotHaveDuplicates();
            }
            try (var app = TestApplication.start(
                    redis.port(), clusterAnd(redis, "spring.cloud.stream.bindings.events-in-0.group=g"))) {
                await().until(() -> app.payloads().contains("b"));
            }
        }
    }

    @Test
    void waitsForReplicasOfTheStreamsMaster() {
        try (var redis = cluster();
                var app = TestApplication.start(
                        redis.port(),
                        clusterAnd(
                                redis,
                                "spring.cloud.stream.redis.default.producer.wait-replicas=1",
                                "spring.cloud.stream.redis.default.producer.send-timeout=500ms"))) {
            assertThatThrownBy(() -> app.send("m")).hasStackTraceContaining("only 0 of 1 replicas");
        }
    }

    private static RedisProcess cluster() {
        RedisProcess redis =
                RedisProcess.with(RedisProcess.clusterSettings(), "--appendonly", "yes", "--appendfsync", "always");
        redis.addSlots(0, 16383);
        await().until(() -> redis.command("CLUSTER", "INFO").contains("cluster_state:ok"));
        return redis;
    }

    private static String[] clusterAnd(RedisProcess redis, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(more));
        all.add("spring.data.redis.cluster.nodes=127.0.0.1:" + redis.port());
        return all.toArray(String[]::new);
    }
}
