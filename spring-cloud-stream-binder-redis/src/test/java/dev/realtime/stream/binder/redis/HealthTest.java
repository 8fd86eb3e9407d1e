package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

class HealthTest {

    @Test
    void isDownWhileReadingIsForbidden() {
        try (var redis = RedisProcess.volatileServer()) {
            redis.command("ACL", "SETUSER", "app", "on", ">secret", "~*", "+@all", "-xread");
            try (var app = TestApplication.start(
                    redis.port(),
                    "spring.data.redis.username=app",
                    "spring.data.redis.password=secret",
                    "spring.cloud.stream.redis.binder.block-timeout=100ms",
                    "spring.cloud.stream.redis.binder.health-timeout=500ms")) {
                await().until(() -> health(app).getStatus().equals(Status.DOWN));
                assertThat(health(app).getDetails()).containsEntry("redis", "answers");
                assertThat(health(app).getDetails().toString()).contains("NOPERM");
                redis.command("ACL", "SETUSER", "app", "+xread");
                await().until(() -> health(app).getStatus().equals(Status.UP));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g"})
    void isDownWhileAHandlerHangs(String group) {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        "spring.cloud.stream.bindings.events-in-0.group=" + group,
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=300ms",
                        "spring.cloud.stream.redis.binder.handling-timeout=300ms")) {
            CountDownLatch release = new CountDownLatch(1);
            app.inbox().hook = message -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
            assertThat(health(app).getStatus()).isEqualTo(Status.UP);
            app.send("m");
            await().until(() -> health(app).getStatus().equals(Status.DOWN));
            assertThat(app.subscription().isHandling()).isTrue();
            release.countDown();
            await().until(() -> health(app).getStatus().equals(Status.UP));
        }
    }

    static Health health(TestApplication app) {
        var binders = app.context().getBean("bindersHealthContributor", CompositeHealthContributor.class);
        return ((HealthIndicator) binders.getContributor("redis")).health();
    }
}
