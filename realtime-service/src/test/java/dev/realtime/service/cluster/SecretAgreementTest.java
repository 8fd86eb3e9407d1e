package dev.realtime.service.cluster;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;

@ExtendWith(OutputCaptureExtension.class)
class SecretAgreementTest {

    private static final Duration SOON = Duration.ofSeconds(25);
    private static final String OTHER_SECRET = "another-secret-of-the-tests-0123456789-0123456789";
    private static final String BOTH =
            "[\"ADMIN_API_SECRET differs between instances\",\"JWT_SECRET differs between instances\",\"WEBHOOK_TOKEN differs between instances\"]";

    @Test
    void instancesThatDifferSayWhichVariableAndNeverTheSecret(CapturedOutput output) {
        try (TestRedis redis = TestRedis.started();
                TestService first = TestService.start(redis)) {
            await().atMost(SOON).until(() -> entries(first) == 1);
            try (TestService same = TestService.start(redis)) {
                await().atMost(SOON).until(() -> entries(first) == 2);
                assertThat(same.bean(SecretAgreement.class).problems()).isEmpty();
            }
            assertThat(entries(first)).as("one that stops takes its entry out").isEqualTo(1);
            try (TestService other = TestService.start(
                    redis,
                    "realtime.identity.jwt-secret=" + OTHER_SECRET,
                    "realtime.webhook.token=" + WEBHOOK_TOKEN + "-other",
                    "realtime.admin.secret=" + OTHER_SECRET + "-admin")) {
                for (TestService each : List.of(first, other)) {
                    await().atMost(SOON)
                            .until(() -> health(each).get("problems").size() == 3);
                    assertThat(health(each).get("problems").toString()).isEqualTo(BOTH);
                    assertThat(health(each).get("status").asString()).isEqualTo("degraded");
                    assertThat(each.get("/actuator/health/readiness").status()).isEqualTo(200);
                }
                // Redis unavailable and back changes nothing.
                redis.stop();
                redis.start();
                await().atMost(SOON)
                        .until(() ->
                                health(first).at("/redis/status").asString().equals("up"));
                assertThat(health(first).get("problems").size()).isEqualTo(3);
            }
            await().atMost(SOON)
                    .until(() -> health(first).get("status").asString().equals("ok"));
        }
        assertThat(output.getAll())
                .containsPattern("ERROR.*JWT_SECRET of this instance, .* differs from that of")
                .containsPattern("ERROR.*WEBHOOK_TOKEN of this instance, .* differs from that of")
                .contains("JWT_SECRET is the same on all instances again")
                .doesNotContain(OTHER_SECRET, WEBHOOK_TOKEN);
    }

    private static JsonNode health(TestService service) {
        return service.get("/health").json();
    }

    private static long entries(TestService service) {
        return new StringRedisTemplate(service.bean(RedisConnectionFactory.class))
                .opsForHash()
                .size("realtime:{instances}");
    }
}
