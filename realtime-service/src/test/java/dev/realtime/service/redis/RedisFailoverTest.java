package dev.realtime.service.redis;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import dev.realtime.stream.binder.redis.support.RedisCluster;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.RedisSentinels;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The master that has the events is killed and stays dead; nothing is configured for that. */
class RedisFailoverTest {

    private static final String CALL = "{\"token\":\"" + WEBHOOK_TOKEN + "\",\"call\":{\"id\":1}}";
    private static final Duration PROMISED = Duration.ofSeconds(10);
    private static final Duration OFTEN = Duration.ofMillis(50);

    @Test
    void inARedisCluster() {
        try (RedisCluster cluster = RedisCluster.start()) {
            survives(
                    cluster.masterOf("events"),
                    cluster.replicaOf("events"),
                    "spring.data.redis.cluster.nodes=" + cluster.addresses());
        }
    }

    @Test
    void withSentinel() {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            survives(
                    sentinels.master(),
                    sentinels.replica(),
                    "spring.data.redis.sentinel.master=" + RedisSentinels.NAME,
                    "spring.data.redis.sentinel.nodes=" + sentinels.addresses());
        }
    }

    private static void survives(RedisProcess master, RedisProcess replica, String... properties) {
        try (TestService service = TestService.over(master.port(), properties)) {
            await().until(() -> isWell(service));
            await().until(() -> service.broadcast("call-new", CALL).status() == 200);
            master.kill();
            await().pollInterval(OFTEN).until(() -> !isWell(service));
            await().pollInterval(OFTEN)
                    .until(() -> replica.command("INFO", "replication").contains("role:master"));
            long promoted = System.nanoTime();
            await().atMost(PROMISED)
                    .pollInterval(OFTEN)
                    .until(() -> service.broadcast("call-new", CALL).status() == 200);
            Duration took = Duration.ofNanos(System.nanoTime() - promoted);
            System.out.println("Accepted again " + took.toMillis() + " ms after the promotion");
            assertThat(took).isLessThan(PROMISED);
            // Its canaries come back: it receives what it sends.
            await().until(() -> isWell(service));
            System.out.println("Well again " + (System.nanoTime() - promoted) / 1_000_000 + " ms after the promotion");
        }
    }

    private static boolean isWell(TestService service) {
        Answer health = service.get("/health");
        return health.json().get("status").asString().equals("ok")
                && health.json().get("problems").isEmpty();
    }
}
