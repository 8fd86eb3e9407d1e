package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binder.BinderHeaders;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.StaticMessageHeaderAccessor;
import org.springframework.integration.acks.AcknowledgmentCallback;
import org.springframework.messaging.Message;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ConsumerGroupTest {

    private static final String[] GROUP = {
        "spring.cloud.stream.bindings.events-in-0.group=g",
        "spring.cloud.stream.redis.binder.block-timeout=300ms",
        "spring.cloud.stream.bindings.events-in-0.consumer.max-attempts=1",
        "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=500ms",
        "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-interval=200ms"
    };

    @Test
    void acknowledgesHandledEntriesAndContinuesAfterARestart() {
        try (var redis = RedisProcess.volatileServer()) {
            redis.command("XADD", "events", "*", "payload", "early");
            try (var app = TestApplication.start(redis.port(), GROUP)) {
                IntStream.range(0, 300).forEach(i -> app.send("m" + i));
                await().until(() -> app.received().size() == 301);
                assertThat(app.payloads().getFirst()).isEqualTo("early");
                assertThat(app.received().getFirst().getHeaders()).containsEntry(RedisBinderHeaders.DELIVERY_COUNT, 1L);
                await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
            }
            redis.command("XADD", "events", "*", "payload", "late");
            try (var app = TestApplication.start(redis.port(), GROUP)) {
                await().until(() -> app.payloads().equals(List.of("late")));
            }
        }
    }

    @Test
    void severalInstancesShareTheWork() {
        try (var redis = RedisProcess.volatileServer();
                var one = TestApplication.start(redis.port(), GROUP);
                var two = TestApplication.start(redis.port(), GROUP)) {
            IntStream.range(0, 200).forEach(i -> one.send("m" + i));
            await().until(() -> one.received().size() + two.received().size() == 200);
            assertThat(Stream.concat(one.payloads().stream(), two.payloads().stream()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void redeliversFailedEntriesUpToTheLimit() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        with("spring.cloud.stream.redis.bindings.events-in-0.consumer.max-deliveries=3"))) {
            List<Object> counts = new CopyOnWriteArrayList<>();
            app.inbox().hook = message -> {
                if (new String(message.getPayload()).equals("bad")) {
                    counts.add(message.getHeaders().get(RedisBinderHeaders.DELIVERY_COUNT));
                    throw new IllegalStateException("on purpose");
                }
            };
            app.send("bad");
            app.send("good");
            await().until(() -> app.payloads().equals(List.of("good")));
            await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
            assertThat(counts).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void anotherInstanceClaimsTheEntriesOfACrashedOne() {
        try (var redis = RedisProcess.volatileServer()) {
            redis.command("XGROUP", "CREATE", "events", "g", "0", "MKSTREAM");
            IntStream.range(0, 250).forEach(i -> redis.command("XADD", "events", "*", "payload", "m" + i));
            redis.command("XREADGROUP", "GROUP", "g", "crashed", "COUNT", "250", "STREAMS", "events", ">");
            redis.command("XDEL", "events", idOf(redis));
            // If their time came during a look, it would find the later ones first.
            await().until(() -> redis.command("XPENDING", "events", "g", "IDLE", "500", "-", "+", "250")
                    .startsWith("*250\r\n"));
            try (var app = TestApplication.start(redis.port(), GROUP)) {
                await().until(() -> app.received().size() == 249);
                assertThat(app.payloads())
                        .isEqualTo(
                                IntStream.range(1, 250).mapToObj(i -> "m" + i).toList());
                assertThat(app.received().getLast().getHeaders()).containsEntry(RedisBinderHeaders.DELIVERY_COUNT, 2L);
                await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
            }
        }
    }

    @Test
    void aNamedConsumerContinuesWithItsPendingEntriesAtOnce() {
        try (var redis = RedisProcess.volatileServer()) {
            redis.command("XGROUP", "CREATE", "events", "g", "0", "MKSTREAM");
            IntStream.range(0, 250).forEach(i -> redis.command("XADD", "events", "*", "payload", "m" + i));
            redis.command("XREADGROUP", "GROUP", "g", "mine-0", "COUNT", "120", "STREAMS", "events", ">");
            try (var app = TestApplication.start(
                    redis.port(),
                    with(
                            "spring.cloud.stream.redis.bindings.events-in-0.consumer.consumer-name=mine",
                            "spring.cloud.stream.redis.bindings.events-in-0.consumer.dead-consumer-timeout=2h",
                            "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=1h"))) {
                await().until(() -> app.received().size() == 250);
                assertThat(app.payloads())
                        .isEqualTo(
                                IntStream.range(0, 250).mapToObj(i -> "m" + i).toList());
                assertThat(app.received().getFirst().getHeaders()).containsEntry(RedisBinderHeaders.DELIVERY_COUNT, 2L);
                assertThat(app.received().getLast().getHeaders()).containsEntry(RedisBinderHeaders.DELIVERY_COUNT, 1L);
            }
        }
    }

    @Test
    void startsWithoutRedisAndReadsEverythingOnceItIsUp() {
        try (var redis = RedisProcess.notStarted();
                var app = TestApplication.start(redis.port(), GROUP)) {
            assertThat(app.subscription().isStarted()).isFalse();
            redis.start();
            redis.command("XADD", "events", "*", "payload", "m");
            await().until(() -> app.payloads().equals(List.of("m")));
        }
    }

    @Test
    void aStoppingInstanceReleasesItsUnhandledEntriesAtOnce() throws Exception {
        try (var redis = RedisProcess.volatileServer();
                var heir = TestApplication.start(
                        redis.port(),
                        with(
                                "spring.cloud.stream.bindings.events-in-0.consumer.auto-startup=false",
                                "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=10s"))) {
            CountDownLatch inHand = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            var leaving = TestApplication.start(
                    redis.port(), with("spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=10s"));
            leaving.inbox().hook = message -> {
                inHand.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
            redis.command(
                    "EVAL", "\"for i=1,20 do redis.call('XADD',KEYS[1],'*','payload','m'..i) end\"", "1", "events");
            inHand.await();
            Thread closing = Thread.startVirtualThread(leaving::close);
            assertThat(closing.join(Duration.ofMillis(200))).isFalse();
            release.countDown();
            closing.join();
            long began = System.nanoTime();
            heir.bean(BindingsLifecycleController.class).changeState("events-in-0", State.STARTED);
            await().until(() -> heir.received().size() >= 19);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThat(heir.payloads()).doesNotHaveDuplicates().hasSize(19);
        }
    }

    /** spring-projects/spring-data-redis#2532: after its stream was deleted and created again, a group was read no more. */
    @Test
    void recreatesAndReportsAGroupThatDisappeared() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port(), GROUP)) {
            app.send("a");
            await().until(() -> app.received().size() == 1);
            redis.kill();
            redis.start();
            redis.command("XADD", "events", "*", "payload", "b");
            await().until(() -> app.payloads().equals(List.of("a", "b")));
            await().until(() -> app.continuityEvents().size() == 1);
            assertThat(app.continuityEvents().getFirst()).isInstanceOf(StreamRollbackEvent.class);
        }
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port(), GROUP)) {
            app.send("a");
            await().until(() -> app.received().size() == 1);
            redis.command("DEL", "events");
            redis.command("XADD", "events", "*", "payload", "b");
            await().until(() -> app.payloads().equals(List.of("a", "b")));
        }
    }

    @Test
    void reportsEntriesTrimmedBeforeTheGroupReadThem() {
        try (var redis = RedisProcess.counting()) {
            try (var app = TestApplication.start(redis.port(), GROUP)) {
                app.send("seen");
                await().until(() -> app.received().size() == 1);
            }
            IntStream.range(0, 10).forEach(i -> redis.command("XADD", "events", "*", "payload", "m" + i));
            redis.command("XTRIM", "events", "MAXLEN", "4");
            try (var app = TestApplication.start(redis.port(), GROUP)) {
                await().until(() -> app.received().size() == 4);
                assertThat(app.continuityEvents())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                StreamGapEvent.class,
                                gap -> assertThat(gap.entries()).isEqualTo(6));
            }
        }
    }

    @Test
    void neverTrimsEntriesThatAGroupHasNotAcknowledged() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        with(
                                "spring.cloud.stream.redis.bindings.events-in-0.consumer.max-deliveries=1000",
                                "spring.cloud.stream.redis.bindings.events-out.producer.max-length=5",
                                "spring.cloud.stream.redis.bindings.events-out.producer.trim-policy=unacknowledged"))) {
            app.inbox().hook = message -> {
                if (new String(message.getPayload()).equals("m3")) {
                    throw new IllegalStateException("on purpose");
                }
            };
            IntStream.range(0, 50).forEach(i -> app.send("m" + i));
            await().until(() -> app.received().size() == 49);
            await().pollInterval(Duration.ofMillis(200)).until(() -> {
                app.send("more");
                return redis.payloads("events").getFirst().equals("m3");
            });
            app.inbox().hook = message -> {};
            await().pollInterval(Duration.ofMillis(200)).until(() -> {
                app.send("more");
                return redis.payloads("events").size() < 10;
            });
        }
    }

    @Test
    void aBatchIsOneMessage() {
        try (var redis = RedisProcess.volatileServer()) {
            IntStream.range(0, 10).forEach(i -> redis.command("XADD", "events", "*", "payload", "m" + i));
            try (var app = TestApplication.start(
                    List.of(Batches.class),
                    redis.port(),
                    with(
                            "spring.cloud.function.definition=events;batches",
                            "spring.cloud.stream.bindings.events-in-0.destination=elsewhere",
                            "spring.cloud.stream.bindings.batches-in-0.destination=events",
                            "spring.cloud.stream.bindings.batches-in-0.group=g",
                            "spring.cloud.stream.bindings.batches-in-0.content-type=application/octet-stream",
                            "spring.cloud.stream.bindings.batches-in-0.consumer.batch-mode=true",
                            "spring.cloud.stream.redis.bindings.batches-in-0.consumer.batch-size=4"))) {
                List<Message<List<byte[]>>> batches = app.bean(Batches.Seen.class).batches;
                await().until(() -> batches.size() == 3);
                assertThat(batches).extracting(it -> it.getPayload().size()).containsExactly(4, 4, 2);
                assertThat((List<?>) batches.getFirst().getHeaders().get(BinderHeaders.BATCH_HEADERS))
                        .hasSize(4);
                await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
            }
        }
    }

    @Test
    void theApplicationAcknowledgesManually() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        with("spring.cloud.stream.redis.bindings.events-in-0.consumer.ack-mode=manual"))) {
            List<AcknowledgmentCallback> callbacks = Collections.synchronizedList(new ArrayList<>());
            app.inbox().hook = message -> callbacks.add(StaticMessageHeaderAccessor.getAcknowledgmentCallback(message));
            app.send("m");
            await().until(() -> callbacks.size() >= 2);
            assertThat(redis.command("XPENDING", "events", "g")).startsWith("*4\r\n:1\r\n");
            callbacks.getLast().acknowledge(AcknowledgmentCallback.Status.ACCEPT);
            await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
        }
    }

    @Test
    void aReactiveFunctionMustAcknowledgeByItself() {
        try (var redis = RedisProcess.volatileServer()) {
            assertThatThrownBy(() -> TestApplication.start(
                            List.of(Reactive.class),
                            redis.port(),
                            with(
                                    "spring.cloud.function.definition=flowing",
                                    "spring.cloud.stream.binding-retry-interval=0",
                                    "spring.cloud.stream.bindings.flowing-in-0.destination=events",
                                    "spring.cloud.stream.bindings.flowing-in-0.group=g")))
                    .hasStackTraceContaining("ack-mode");
        }
    }

    @Test
    void removesOnlyDeadConsumers() {
        try (var redis = RedisProcess.volatileServer()) {
            redis.command("XGROUP", "CREATE", "events", "g", "$", "MKSTREAM");
            redis.command("XADD", "events", "*", "payload", "m");
            redis.command("XGROUP", "CREATECONSUMER", "events", "g", "ghost");
            redis.command("XREADGROUP", "GROUP", "g", "busy", "STREAMS", "events", ">");
            await().until(() -> Stream.of(
                            redis.command("XINFO", "CONSUMERS", "events", "g").split("idle\r\n:"))
                    .skip(1)
                    .allMatch(it -> Long.parseLong(it.substring(0, it.indexOf('\r'))) > 1_000));
            try (var app = TestApplication.start(
                    redis.port(),
                    with(
                            "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=900ms",
                            "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-interval=1h",
                            "spring.cloud.stream.redis.bindings.events-in-0.consumer.dead-consumer-timeout=1s"))) {
                await().until(() ->
                        !redis.command("XINFO", "CONSUMERS", "events", "g").contains("ghost"));
                String consumers = redis.command("XINFO", "CONSUMERS", "events", "g");
                assertThat(consumers).contains("busy").contains("consumer-");
                assertThat(app.subscription().group()).isEqualTo("g");
            }
        }
    }

    private static String idOf(RedisProcess redis) {
        return redis.command("XRANGE", "events", "-", "+", "COUNT", "1").split("\r\n")[3];
    }

    private static String[] with(String... more) {
        return Stream.concat(Stream.of(GROUP), Stream.of(more)).toArray(String[]::new);
    }

    @Configuration(proxyBeanMethods = false)
    static class Batches {

        static final class Seen {
            final List<Message<List<byte[]>>> batches = new CopyOnWriteArrayList<>();
        }

        @Bean
        Seen seen() {
            return new Seen();
        }

        @Bean
        Consumer<Message<List<byte[]>>> batches(Seen seen) {
            return seen.batches::add;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Reactive {

        @Bean
        Function<Flux<byte[]>, Mono<Void>> flowing() {
            return Flux::then;
        }
    }
}
