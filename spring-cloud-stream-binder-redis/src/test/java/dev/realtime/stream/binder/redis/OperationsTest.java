package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.binder.RedisMessageChannelBinder;
import dev.realtime.stream.binder.redis.properties.StartOffset;
import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.lettuce.core.resource.ClientResources;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.support.management.observation.MessageReceiverContext;
import org.springframework.integration.support.management.observation.MessageSenderContext;
import org.springframework.messaging.MessageChannel;

class OperationsTest {

    @Test
    void healthIsTheAgeOfTheLastPollNotThePing() {
        try (var redis = RedisProcess.volatileServer();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(
                        proxy.port(),
                        "spring.cloud.stream.redis.binder.block-timeout=100ms",
                        "spring.cloud.stream.redis.binder.reply-timeout=30s",
                        "spring.cloud.stream.redis.binder.health-timeout=1s")) {
            // Connected but deaf: nothing is closed, nothing arrives, and Redis answers on new connections.
            proxy.deafen();
            await().until(() -> app.subscription().sinceLastPoll().toMillis() > 1_000);
            assertThat(app.subscription().isConnected()).isTrue();
            assertThat(health(app).getStatus()).isEqualTo(Status.DOWN);
            assertThat(health(app).getDetails()).containsEntry("redis", "answers");
            proxy.cut();
            await().until(() -> health(app).getStatus().equals(Status.UP));
            assertThat(health(app).getDetails().toString()).contains("events-in-0", "lastPollMillis");
            redis.kill();
            await().until(() -> health(app).getStatus().equals(Status.DOWN));
        }
    }

    @Test
    void connectingToASilentServerTimesOutSoon() {
        try (var redis = RedisProcess.volatileServer();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(proxy.port(), "spring.cloud.stream.redis.binder.reply-timeout=500ms")) {
            proxy.cut();
            proxy.dropReplies();
            await().until(() -> !app.subscription().isConnected());
            await().during(Duration.ofMillis(500))
                    .until(() -> !app.subscription().isConnected());
            proxy.cut();
            redis.command("XADD", "events", "*", "payload", "m");
            await().atMost(Duration.ofSeconds(5)).until(() -> app.payloads().equals(List.of("m")));
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aStopIsNoLostConnection(CapturedOutput output) throws Exception {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            app.context().stop();
            // The application destroys its beans regardless of the binder's own context.
            app.bean(ClientResources.class).shutdown().get();
            await().until(() -> !binder(app).silentServers().isEmpty());
            await().during(Duration.ofMillis(300))
                    .until(() -> !output.toString().contains("Connecting to Redis for commands fails"));
        }
    }

    @Test
    void metersCountEvents() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(List.of(Meters.class), redis.port())) {
            MeterRegistry registry = app.bean(MeterRegistry.class);
            String[] tags = {"binding", "events-in-0", "stream", "events", "group", ""};
            app.send("m");
            await().until(() -> app.received().size() == 1);
            await().until(() -> registry.get("spring.cloud.stream.redis.handled")
                            .tags(tags)
                            .counter()
                            .count()
                    == 1);
            assertThat(registry.get("spring.cloud.stream.redis.last.poll.age")
                            .tags(tags)
                            .gauge()
                            .value())
                    .isLessThan(5);
            assertThat(registry.get("spring.cloud.stream.redis.gaps")
                            .tags(tags)
                            .counter()
                            .count())
                    .isZero();
            redis.kill();
            redis.start();
            await().until(() -> registry.get("spring.cloud.stream.redis.rollbacks")
                            .tags(tags)
                            .counter()
                            .count()
                    == 1);
            await().until(() -> registry.get("spring.cloud.stream.redis.reconnects")
                            .tags(tags)
                            .counter()
                            .count()
                    == 1);
            assertThat(registry.get("spring.cloud.stream.redis.lag")
                            .tags(tags)
                            .gauge()
                            .value())
                    .isZero();
        }
    }

    @Test
    void messagesCarryTraces() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        List.of(Observations.class),
                        redis.port(),
                        "spring.cloud.stream.redis.binder.enable-observation=true")) {
            RecordMetadata where = app.send("m");
            await().until(() -> app.received().size() == 1);
            assertThat(where.id()).isNotEmpty();
            assertThat(app.received().getFirst().getHeaders()).containsEntry("trace", "of-the-sender");
            assertThat(app.bean(Observations.class).seen).contains("send", "receive of-the-sender");
        }
    }

    @Test
    void aBindingsOwnPropertiesOverrideTheDefaults() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        "spring.cloud.stream.redis.default.consumer.batch-size=7",
                        "spring.cloud.stream.redis.default.consumer.start-offset=earliest",
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.batch-size=8")) {
            var binder = binder(app);
            var consumer = binder.getExtendedConsumerProperties("events-in-0");
            assertThat(consumer.getBatchSize()).isEqualTo(8);
            assertThat(consumer.getStartOffset()).isEqualTo(StartOffset.EARLIEST);
            assertThat(binder.getExtendedConsumerProperties("other").getBatchSize())
                    .isEqualTo(7);
        }
    }

    @Test
    void aBinderMayHaveItsOwnRedis() {
        try (var redis = RedisProcess.volatileServer();
                var other = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        "spring.cloud.stream.binders.far.type=redis",
                        "spring.cloud.stream.binders.far.environment.spring.data.redis.host=127.0.0.1",
                        "spring.cloud.stream.binders.far.environment.spring.data.redis.port=" + other.port(),
                        "spring.cloud.stream.binders.far.environment.spring.cloud.stream.redis.binder.key-prefix=far:",
                        "spring.cloud.stream.default-binder=far")) {
            app.send("m");
            await().until(() -> app.payloads().equals(List.of("m")));
            assertThat(other.command("XLEN", "far:events")).isEqualTo(":1\r\n");
            assertThat(redis.command("XLEN", "events")).isEqualTo(":0\r\n");
            assertThat(app.subscription().isStarted()).isTrue();
        }
    }

    @Test
    void tooManyReadersAreRefusedByName() {
        try (var redis = RedisProcess.volatileServer()) {
            assertThatThrownBy(() -> TestApplication.start(
                            redis.port(),
                            "spring.cloud.stream.binding-retry-interval=0",
                            "spring.cloud.stream.bindings.events-in-0.group=g",
                            "spring.cloud.stream.bindings.events-in-0.consumer.concurrency=3",
                            "spring.cloud.stream.redis.binder.max-read-connections=2"))
                    .hasStackTraceContaining("max-read-connections");
        }
    }

    @Test
    void anInvalidSettingStopsTheStartAndIsNamed() {
        try (var redis = RedisProcess.volatileServer()) {
            assertThatThrownBy(() ->
                            TestApplication.start(redis.port(), "spring.cloud.stream.redis.binder.block-timeout=5m"))
                    .hasStackTraceContaining("spring.cloud.stream.redis.binder.block-timeout must be between");
        }
    }

    @Test
    void waitingForMissingReplicasFailsAndAKeyMakesTheRetrySafe() {
        try (var redis = RedisProcess.volatileServer();
                var replica = RedisProcess.with("--replicaof", "127.0.0.1", "" + redis.port(), "--save", "");
                var app = TestApplication.start(
                        redis.port(),
                        "spring.cloud.stream.redis.bindings.events-out.producer.wait-replicas=1",
                        "spring.cloud.stream.redis.bindings.events-out.producer.send-timeout=2s")) {
            await().until(() -> redis.command("INFO", "replication").contains("state=online"));
            Map<String, Object> key = Map.of(RedisBinderHeaders.IDEMPOTENCE_KEY, "k");
            app.send("m".getBytes(), Map.of());
            assertThat(replica.payloads("events")).containsExactly("m");
            replica.freeze();
            assertThatThrownBy(() -> app.send("n".getBytes(), key))
                    .hasRootCauseInstanceOf(SendOutcomeUnknownException.class);
            replica.thaw();
            await().ignoreExceptions().until(() -> app.send("n".getBytes(), key).duplicate());
            assertThat(replica.payloads("events")).containsExactly("m", "n");
        }
    }

    private static RedisMessageChannelBinder binder(TestApplication app) {
        return (RedisMessageChannelBinder) app.bean(BinderFactory.class).getBinder("redis", MessageChannel.class);
    }

    private static Health health(TestApplication app) {
        var binders = app.context().getBean("bindersHealthContributor", CompositeHealthContributor.class);
        var redis = binders.getContributor("redis");
        return ((HealthIndicator) redis).health();
    }

    /** A minimal tracer: adds a header on sending and finds it on receiving. */
    @Configuration(proxyBeanMethods = false)
    static class Observations {

        final List<String> seen = new CopyOnWriteArrayList<>();

        @Bean
        ObservationRegistry observationRegistry() {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(new ObservationHandler<>() {
                @Override
                public void onStart(Observation.Context context) {
                    switch (context) {
                        case MessageSenderContext sending -> {
                            seen.add("send");
                            sending.getSetter().set(sending.getCarrier(), "trace", "of-the-sender");
                        }
                        case MessageReceiverContext receiving ->
                            seen.add("receive " + receiving.getGetter().get(receiving.getCarrier(), "trace"));
                        default -> {
                            // Other components observe as well.
                        }
                    }
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return true;
                }
            });
            return registry;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        SimpleMeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }
}
