package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.PublishSubscribeChannel;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.ErrorMessage;
import org.springframework.messaging.support.MessageBuilder;

class ProducerTest {

    /** The exception's cause is why there is no connection. */
    private static final String NO_CONNECTION = "There is no connection to Redis";

    @Test
    void aRepeatedKeyReturnsTheFirstIdAndAddsNothing() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            Map<String, Object> headers = Map.of(
                    RedisBinderHeaders.IDEMPOTENCE_KEY, "k 1", RedisBinderHeaders.IDEMPOTENCE_FINGERPRINT, "f 1");
            RecordMetadata first = app.send("a".getBytes(), headers);
            RecordMetadata second = app.send("a".getBytes(), headers);
            assertThat(first.duplicate()).isFalse();
            assertThat(second).isEqualTo(new RecordMetadata("events", first.id(), true));
            assertThat(redis.command("XLEN", "events")).isEqualTo(":1\r\n");

            assertThatThrownBy(() -> app.send(
                            "b".getBytes(),
                            Map.of(
                                    RedisBinderHeaders.IDEMPOTENCE_KEY, "k 1",
                                    RedisBinderHeaders.IDEMPOTENCE_FINGERPRINT, "f 2")))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            IdempotenceConflictException.class,
                            it -> assertThat(it.existingId()).isEqualTo(first.id()));
            assertThat(redis.command("XLEN", "events")).isEqualTo(":1\r\n");
        }
    }

    @Test
    void aKeyIsForgottenAfterItsTime() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            Map<String, Object> headers = Map.of(
                    RedisBinderHeaders.IDEMPOTENCE_KEY,
                    "k",
                    RedisBinderHeaders.IDEMPOTENCE_TTL,
                    Duration.ofMillis(150));
            assertThat(app.send("a".getBytes(), headers).duplicate()).isFalse();
            await().until(() -> !app.send("a".getBytes(), headers).duplicate());
            assertThat(redis.command("XLEN", "events")).isEqualTo(":2\r\n");
        }
    }

    @Test
    void sendingFailsAtOnceWithoutAConnectionAndNothingIsQueued() {
        try (var redis = RedisProcess.durableServer();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(proxy.port())) {
            app.send("before");
            proxy.refuse(true);
            proxy.cut();
            await().untilAsserted(() -> assertThatThrownBy(() -> app.send("x")).hasStackTraceContaining(NO_CONNECTION));
            long began = System.nanoTime();
            CompletableFuture<RecordMetadata> future = new CompletableFuture<>();
            assertThatThrownBy(() ->
                            app.bean(StreamBridge.class).send("events-out", withFuture("refused".getBytes(), future)))
                    .hasStackTraceContaining(NO_CONNECTION);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));
            assertThat(future).isCompletedExceptionally();

            proxy.refuse(false);
            await().ignoreExceptions().until(() -> app.send("after") != null);
            assertThat(redis.command("XRANGE", "events", "-", "+")).doesNotContain("refused");
        }
    }

    @Test
    void sendingToAFrozenServerTimesOutWithAnUnknownOutcome() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(), "spring.cloud.stream.redis.bindings.events-out.producer.send-timeout=300ms")) {
            app.send("before");
            redis.freeze();
            long began = System.nanoTime();
            assertThat(rootCauseOfSending(app, "x")).isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(2));
            redis.thaw();
            await().ignoreExceptions().until(() -> app.send("after") != null);
        }
    }

    @Test
    void brokenConnectionsNeverDuplicateAnEntry() throws Exception {
        try (var redis = RedisProcess.volatileServer();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(proxy.port())) {
            List<String> accepted = new CopyOnWriteArrayList<>();
            AtomicInteger unknown = new AtomicInteger();
            AtomicInteger cuts = new AtomicInteger();
            sendWhileCutting(app, proxy, cuts, payload -> {
                try {
                    app.send(payload);
                    accepted.add(payload);
                } catch (RuntimeException failure) {
                    unknown.incrementAndGet();
                }
            });
            List<String> there = stream(redis);
            assertThat(cuts.get()).isGreaterThan(10);
            assertThat(unknown.get()).isPositive();
            assertThat(there).doesNotHaveDuplicates().containsAll(accepted);
            System.out.printf(
                    "cuts %d, accepted %d, failed %d, in the stream %d%n",
                    cuts.get(), accepted.size(), unknown.get(), there.size());
        }
    }

    @Test
    void retriesWithAKeyStoreEveryMessageExactlyOnce() throws Exception {
        try (var redis = RedisProcess.volatileServer();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(proxy.port())) {
            List<String> sent = new CopyOnWriteArrayList<>();
            AtomicInteger duplicates = new AtomicInteger();
            AtomicInteger cuts = new AtomicInteger();
            sendWhileCutting(app, proxy, cuts, payload -> {
                sent.add(payload);
                await().ignoreExceptions()
                        .atMost(Duration.ofSeconds(20))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> {
                            if (app.send(payload.getBytes(), Map.of(RedisBinderHeaders.IDEMPOTENCE_KEY, payload))
                                    .duplicate()) {
                                duplicates.incrementAndGet();
                            }
                            return true;
                        });
            });
            assertThat(stream(redis)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
            assertThat(duplicates.get()).isPositive();
            await().untilAsserted(() -> assertThat(app.payloads()).isEqualTo(stream(redis)));
            System.out.printf(
                    "cuts %d, sent %d, retries that found theirs %d%n", cuts.get(), sent.size(), duplicates.get());
        }
    }

    @Test
    void theStreamKeepsMaxLengthEntries() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        "spring.cloud.stream.redis.default.producer.max-length=5",
                        "spring.cloud.stream.redis.default.producer.trim-policy=exact")) {
            for (int i = 0; i < 20; i++) {
                app.send("m" + i);
            }
            assertThat(redis.command("XLEN", "events")).isEqualTo(":5\r\n");
        }
    }

    @Test
    void reportsTheOutcomeToFutureAndChannels() {
        try (var redis = RedisProcess.durableServer();
                var app = TestApplication.start(
                        List.of(Channels.class),
                        redis.port(),
                        "spring.cloud.stream.bindings.events-out.producer.error-channel-enabled=true",
                        "spring.cloud.stream.redis.bindings.events-out.producer.record-metadata-channel=metadata",
                        "spring.cloud.stream.redis.bindings.events-out.producer.confirm-ack-channel=confirms")) {
            RecordMetadata where = app.send("m");
            Message<?> metadata =
                    app.context().getBean("metadata", QueueChannel.class).receive(1000);
            assertThat(metadata.getHeaders()).containsEntry(RedisBinderHeaders.RECORD_METADATA, where);
            Message<?> confirm =
                    app.context().getBean("confirms", QueueChannel.class).receive(1000);
            assertThat(confirm.getHeaders()).containsEntry(RedisBinderHeaders.PUBLISH_CONFIRM, true);
            assertThat(((Message<?>) confirm.getPayload()).getPayload()).isEqualTo("m".getBytes());

            List<ErrorMessage> errors = new ArrayList<>();
            app.context()
                    .getBean("errorChannel", PublishSubscribeChannel.class)
                    .subscribe(it -> errors.add((ErrorMessage) it));
            redis.kill();
            assertThat(rootCauseOfSending(app, "x")).isNotNull();
            assertThat(errors).hasSize(1);
            assertThat(errors.getFirst().getOriginalMessage().getPayload()).isEqualTo("x".getBytes());
        }
    }

    @Test
    void asynchronousSendingReportsTheOutcomeThroughTheFuture() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(), "spring.cloud.stream.redis.bindings.events-out.producer.sync=false")) {
            assertThat(app.send("m").id()).isNotEmpty();
            redis.kill();
            CompletableFuture<RecordMetadata> future = new CompletableFuture<>();
            assertThat(app.bean(StreamBridge.class).send("events-out", withFuture("x".getBytes(), future)))
                    .isTrue();
            await().until(future::isCompletedExceptionally);
        }
    }

    @Test
    void aDynamicDestinationIsAStreamToo() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            RecordMetadata where = app.send("never-configured", "m".getBytes(), Map.of());
            assertThat(where.stream()).isEqualTo("never-configured");
            assertThat(redis.command("XLEN", "never-configured")).isEqualTo(":1\r\n");
        }
    }

    private interface Sender {
        void send(String payload);
    }

    private static void sendWhileCutting(TestApplication app, CuttingProxy proxy, AtomicInteger cuts, Sender sender)
            throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> senders = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            int sender0 = s;
            senders.add(Thread.startVirtualThread(() -> {
                for (int i = 0; !done.get(); i++) {
                    sender.send(sender0 + "-" + i);
                }
            }));
        }
        Random random = new Random(1);
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        await().atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval((count, previous) -> Duration.ofMillis(20 + random.nextInt(80)))
                .until(() -> {
                    if (random.nextBoolean()) {
                        proxy.dropReplies();
                    } else {
                        proxy.cut();
                        cuts.incrementAndGet();
                    }
                    return System.nanoTime() > end;
                });
        proxy.cut();
        done.set(true);
        for (Thread thread : senders) {
            thread.join();
        }
    }

    private static List<String> stream(RedisProcess redis) {
        return redis.payloads("events");
    }

    private static Message<byte[]> withFuture(byte[] payload, CompletableFuture<RecordMetadata> future) {
        return MessageBuilder.withPayload(payload)
                .setHeader(RedisBinderHeaders.RECORD_METADATA_FUTURE, future)
                .build();
    }

    private static Throwable rootCauseOfSending(TestApplication app, String payload) {
        try {
            app.send(payload);
            return null;
        } catch (RuntimeException failure) {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Channels {

        @Bean
        QueueChannel metadata() {
            return new QueueChannel();
        }

        @Bean
        QueueChannel confirms() {
            return new QueueChannel();
        }
    }
}
