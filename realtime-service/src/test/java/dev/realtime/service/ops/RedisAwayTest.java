package dev.realtime.service.ops;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisAwayTest {

    private static final String CALL = "{\"token\":\"" + WEBHOOK_TOKEN + "\",\"call\":{\"id\":1}}";
    private static final Duration SOON = Duration.ofSeconds(20);

    private static TestRedis redis;
    private static TestService service;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        service = TestService.start(redis);
    }

    @AfterAll
    static void stop() {
        service.close();
        redis.close();
    }

    @Test
    void withoutRedisNothingIsAcceptedAndTheRestGoesOn() {
        await().atMost(SOON).until(() -> health("ok", "up"));
        Answer first = service.broadcast("call-new", CALL, "Idempotency-Key", "before");
        assertThat(first.status()).as(first.toString()).isEqualTo(200);

        redis.stop();
        try {
            await().atMost(SOON).until(() -> health("degraded", "down"));
            IntStream.range(0, 12).parallel().forEach(i -> refusedInTime());
            assertThat(service.broadcast("call-new", "{").status()).isEqualTo(400);
            assertThat(service.broadcast("call-new", "{\"call\":{\"id\":1}}").status())
                    .isEqualTo(401);
            assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(service.get("/actuator/health").status()).isEqualTo(200);
            assertThat(service.get("/api/v1/stats/connections").status()).isEqualTo(200);
        } finally {
            redis.start();
        }
        await().atMost(SOON).until(() -> health("ok", "up"));
        await().atMost(SOON).until(() -> service.broadcast("call-new", CALL).status() == 200);
        assertThat(service.broadcast("call-new", CALL, "Idempotency-Key", "before")
                        .json())
                .as("the key outlives Redis' restart")
                .isEqualTo(first.json());
    }

    @Test
    void aRedisThatHangsIsAway() {
        await().atMost(SOON).until(() -> health("ok", "up"));
        await().atMost(SOON).until(() -> service.broadcast("call-new", CALL).status() == 200);
        redis.freeze();
        try {
            IntStream.range(0, 4).parallel().forEach(i -> refusedInTime());
            await().atMost(SOON).until(() -> health("degraded", "down"));
            assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(service.get("/actuator/health").status()).isEqualTo(200);
        } finally {
            redis.thaw();
        }
        await().atMost(SOON).until(() -> health("ok", "up"));
        await().atMost(SOON).until(() -> service.broadcast("call-new", CALL).status() == 200);
    }

    @Test
    void aKeyIsKnownToEveryInstance() {
        await().atMost(SOON).until(() -> service.broadcast("call-new", CALL).status() == 200);
        Answer first = service.broadcast("call-new", CALL, "Idempotency-Key", "shared");
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        try (TestService other = TestService.start(redis)) {
            assertThat(other.broadcast("call-new", CALL, "Idempotency-Key", "shared")
                            .json())
                    .isEqualTo(first.json());
            assertThat(other.broadcast("call-new", CALL.replace("1", "2"), "Idempotency-Key", "shared")
                            .status())
                    .isIn(401, 422);
            assertThat(other.broadcast("call-new", CALL.replace("\"id\":1", "\"id\":2"), "Idempotency-Key", "shared")
                            .status())
                    .isEqualTo(422);
        }
    }

    private static void refusedInTime() {
        long began = System.nanoTime();
        Answer answer = service.broadcast("call-new", CALL);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).matches("\\d+");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("code").asString()).isEqualTo("backplane_unavailable");
        // Two seconds are promised; the rest is for a busy machine, and far from the time-out of a command.
        assertThat(took).isLessThan(Duration.ofSeconds(6));
    }

    private static boolean health(String status, String redisStatus) {
        long began = System.nanoTime();
        Answer answer = service.get("/health");
        // Far less than a command to a Redis that is unavailable may take.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().get("status").asString().equals(status)
                && answer.json().at("/redis/status").asString().equals(redisStatus);
    }
}
