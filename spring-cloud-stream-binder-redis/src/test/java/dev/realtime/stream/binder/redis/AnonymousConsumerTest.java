package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.messaging.MessageHeaders;

class AnonymousConsumerTest {

    @Test
    void handsOverEveryEntryInOrderWithItsIdAndPayload() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            byte[] odd = {0, (byte) 0xED, (byte) 0xA0, (byte) 0x80, '{', '\n', (byte) 0xFF};
            RecordMetadata first = app.send(odd, Map.of(MessageHeaders.CONTENT_TYPE, "application/json"));
            List<String> ids = new ArrayList<>(List.of(first.id()));
            IntStream.range(0, 500).forEach(i -> ids.add(app.send("m" + i).id()));

            await().until(() -> app.received().size() == 501);
            assertThat(app.received().getFirst().getPayload()).isEqualTo(odd);
            assertThat(app.received())
                    .extracting(it -> it.getHeaders().get(RedisBinderHeaders.STREAM_ID))
                    .isEqualTo(ids);
            assertThat(app.received().getFirst().getHeaders())
                    .containsEntry(RedisBinderHeaders.STREAM, "events")
                    .hasEntrySatisfying(
                            MessageHeaders.CONTENT_TYPE, it -> assertThat(it).hasToString("application/json"));
            await().untilAsserted(
                            () -> assertThat(app.subscription().position()).isEqualTo(ids.getLast()));
            assertThat(app.continuityEvents()).isEmpty();
            assertThat(redis.command("XINFO", "GROUPS", "events")).startsWith("*0");
        }
    }

    @Test
    void headersKeepTheirTypesAndInfrastructureHeadersAreNotSent() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            Map<String, Object> headers = Map.of(
                    "text",
                    "Нижний Новгород",
                    "integer",
                    42,
                    "long",
                    42L,
                    "truth",
                    true,
                    "real",
                    2.0,
                    "list",
                    List.of("a", "b"),
                    "bytes",
                    new byte[] {1, 2},
                    "nested",
                    Map.of("@type", "mine", "deep", List.of(1L)),
                    "scst_internal",
                    "x",
                    "object",
                    new Object());
            app.send("m".getBytes(), headers);

            await().until(() -> app.received().size() == 1);
            MessageHeaders got = app.received().getFirst().getHeaders();
            assertThat(got)
                    .containsAllEntriesOf(Map.of(
                            "text",
                            "Нижний Новгород",
                            "integer",
                            42,
                            "long",
                            42L,
                            "truth",
                            true,
                            "real",
                            2.0,
                            "list",
                            List.of("a", "b"),
                            "nested",
                            Map.of("@type", "mine", "deep", List.of(1L))))
                    .containsEntry("bytes", new byte[] {1, 2})
                    .doesNotContainKeys("scst_internal", "object", RedisBinderHeaders.RECORD_METADATA_FUTURE);
            assertThat(redis.command("XRANGE", "events", "-", "+")).doesNotContain("redis_", "scst_");
        }
    }

    @Test
    void determinesItsStartBeforeTheApplicationIsUp() {
        try (var redis = RedisProcess.volatileServer()) {
            redis.command("XADD", "events", "*", "payload", "before");
            try (var app = TestApplication.start(redis.port())) {
                assertThat(app.subscription().isStarted()).isTrue();
                redis.command("XADD", "events", "*", "payload", "after");
                await().until(() -> !app.received().isEmpty());
                assertThat(app.payloads()).containsExactly("after");
            }
            try (var app = TestApplication.start(
                    redis.port(), "spring.cloud.stream.redis.bindings.events-in-0.consumer.start-offset=earliest")) {
                await().until(() -> app.received().size() == 2);
                assertThat(app.payloads()).containsExactly("before", "after");
                assertThat(app.continuityEvents()).isEmpty();
            }
        }
    }

    @Test
    void startsWithoutRedisAndReadsOnceItIsUp() {
        try (var redis = RedisProcess.notStarted();
                var app = TestApplication.start(redis.port())) {
            assertThat(app.subscription().isStarted()).isFalse();
            assertThat(app.subscription().position()).isNull();
            redis.start();
            await().until(() -> app.subscription().isStarted());
            redis.command("XADD", "events", "*", "payload", "m");
            await().until(() -> app.payloads().equals(List.of("m")));
        }
    }

    /** spring-projects/spring-data-redis#2833: a listener that heard nothing any more after Redis was restarted. */
    @Test
    void missesNothingWhenRedisIsKilledAndRestarted() {
        try (var redis = RedisProcess.durableServer();
                var app = TestApplication.start(redis.port())) {
            List<String> accepted = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 50; i++) {
                    String payload = round + "-" + i;
                    await().ignoreExceptions().until(() -> app.send(payload) != null);
                    accepted.add(payload);
                }
                redis.kill();
                await().until(() -> !app.subscription().isConnected());
                redis.start();
                // Added by another client, possibly while the reader is still reconnecting.
                redis.command("XADD", "events", "*", "payload", "other-" + round);
                accepted.add("other-" + round);
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(app.payloads()).containsSubsequence(accepted));
            assertThat(app.payloads()).doesNotHaveDuplicates();
            assertThat(app.continuityEvents()).isEmpty();
        }
    }

    /** spring-projects/spring-data-redis#2833, too: a read that timed out ended the listening for good. */
    @Test
    void detectsAFrozenServerAndContinuesAfterwards() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        "spring.cloud.stream.redis.binder.block-timeout=200ms",
                        "spring.cloud.stream.redis.binder.reply-timeout=300ms")) {
            redis.freeze();
            await().until(() -> app.subscription().sinceLastPoll().toMillis() > 700);
            assertThat(app.subscription().isConnected()).isFalse();
            redis.thaw();
            redis.command("XADD", "events", "*", "payload", "m");
            await().until(() -> app.payloads().equals(List.of("m")));
        }
    }

    @Test
    void retriesAFailingMessageAndThenContinues() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        "spring.cloud.stream.bindings.events-in-0.consumer.back-off-initial-interval=10")) {
            List<String> seen = new ArrayList<>();
            app.inbox().hook = message -> {
                String payload = new String(message.getPayload());
                seen.add(payload);
                if (payload.equals("bad") || payload.equals("shy") && seen.size() < 6) {
                    throw new IllegalStateException("on purpose");
                }
            };
            app.send("bad");
            app.send("shy");
            app.send("good");
            await().until(() -> app.payloads().equals(List.of("shy", "good")));
            assertThat(seen).containsExactly("bad", "bad", "bad", "shy", "shy", "shy", "good");
        }
    }

    /** spring-projects/spring-data-redis#2261: a stop broke off the message in hand. */
    @Test
    void stoppingFinishesTheCurrentMessageAndTakesNoOther() throws Exception {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            CountDownLatch inHand = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            app.inbox().hook = message -> {
                inHand.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
            app.send("one");
            app.send("two");
            inHand.await();
            var controller = app.bean(BindingsLifecycleController.class);
            Thread stopping = Thread.startVirtualThread(() -> controller.changeState("events-in-0", State.STOPPED));
            assertThat(stopping.join(Duration.ofMillis(300))).isFalse();
            release.countDown();
            assertThat(stopping.join(Duration.ofSeconds(5))).isTrue();
            assertThat(app.payloads()).containsExactly("one");
        }
    }

    @Test
    void readsNothingWhilePausedAndContinuesAtItsPosition() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port(), "spring.cloud.stream.redis.binder.block-timeout=50ms")) {
            var controller = app.bean(BindingsLifecycleController.class);
            controller.changeState("events-in-0", State.PAUSED);
            assertThat(app.subscription().isPaused()).isTrue();
            // The read in progress may still return.
            await().until(() -> app.subscription().sinceLastPoll().toMillis() > 200);
            app.send("m");
            await().during(Duration.ofMillis(300)).until(() -> app.received().isEmpty());
            controller.changeState("events-in-0", State.RESUMED);
            await().until(() -> app.payloads().equals(List.of("m")));
        }
    }
}
