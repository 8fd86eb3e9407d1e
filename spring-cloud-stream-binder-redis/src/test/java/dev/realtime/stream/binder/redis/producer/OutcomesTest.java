package dev.realtime.stream.binder.redis.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.RecordMetadata;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.PublishSubscribeChannel;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.ErrorMessage;
import org.springframework.messaging.support.MessageBuilder;

/** What becomes of messages besides being in the stream: channels, headers, destinations, groups. */
class OutcomesTest {

    private static final String BINDING = "spring.cloud.stream.bindings.events-out.producer.";
    private static final String PRODUCER = "spring.cloud.stream.redis.bindings.events-out.producer.";

    @Test
    void asynchronousOutcomesGoToTheChannels() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        List.of(Channels.class),
                        redis.port(),
                        PRODUCER + "sync=false",
                        BINDING + "error-channel-enabled=true",
                        PRODUCER + "confirm-ack-channel=confirms",
                        PRODUCER + "record-metadata-channel=metadata")) {
            StreamBridge bridge = app.bean(StreamBridge.class);
            bridge.send(
                    "events-out",
                    MessageBuilder.withPayload("m".getBytes()).setHeader("n", 7).build());
            Message<?> confirm =
                    app.context().getBean("confirms", QueueChannel.class).receive(10_000);
            Message<?> metadata =
                    app.context().getBean("metadata", QueueChannel.class).receive(10_000);
            assertThat(((Message<?>) confirm.getPayload()).getHeaders()).containsEntry("n", 7);
            assertThat(metadata.getHeaders().get(RedisBinderHeaders.RECORD_METADATA, RecordMetadata.class).stream())
                    .isEqualTo("events");

            QueueChannel errors = new QueueChannel();
            app.context().getBean("errorChannel", PublishSubscribeChannel.class).subscribe(errors::send);
            redis.command("DEL", "events");
            redis.command("SET", "events", "text");
            assertThat(bridge.send("events-out", "bad".getBytes())).isTrue();
            ErrorMessage error = (ErrorMessage) errors.receive(10_000);
            assertThat(error.getPayload())
                    .isInstanceOf(MessageHandlingException.class)
                    .rootCause()
                    .hasMessageStartingWith("WRONGTYPE");
            assertThat(error.getOriginalMessage().getPayload()).isEqualTo("bad".getBytes());
        }
    }

    @Test
    void internalHeadersAreNotSentAndPatternsSelectTheOthers() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port(), PRODUCER + "header-patterns=!secret*,s*,contentType")) {
            app.send(
                    "m".getBytes(),
                    Map.of("size", 1, "secretSauce", "x", "other", "y", RedisBinderHeaders.IDEMPOTENCE_KEY, "k"));
            await().until(() -> !app.received().isEmpty());
            assertThat(app.received().getFirst().getHeaders())
                    .containsEntry("size", 1)
                    .doesNotContainKeys("secretSauce", "other", RedisBinderHeaders.IDEMPOTENCE_KEY);
            assertThat(redis.command("XRANGE", "events", "-", "+"))
                    .contains("contentType")
                    .doesNotContain("secretSauce");
        }
    }

    @Test
    void aFunctionSendsToADestinationThatAHeaderNames() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        List.of(Router.class),
                        redis.port(),
                        "spring.cloud.function.definition=route",
                        "spring.cloud.stream.bindings.route-in-0.destination=events",
                        "spring.cloud.stream.bindings.route-in-0.group=g")) {
            app.send("m");
            await().until(() -> redis.payloads("chosen").equals(List.of("m")));
            assertThat(redis.command("XRANGE", "chosen", "-", "+"))
                    .doesNotContain("sendto")
                    .doesNotContain("redis_");
        }
    }

    @Test
    void aProducerBoundWithoutRedisCreatesItsGroupsWithTheFirstMessage() {
        try (var redis = RedisProcess.notStarted();
                var app = TestApplication.start(
                        redis.port(),
                        "spring.cloud.stream.output-bindings=events",
                        "spring.cloud.stream.bindings.events-out-0.destination=late",
                        "spring.cloud.stream.bindings.events-out-0.producer.required-groups=g")) {
            assertThatThrownBy(() -> app.send("events-out-0", "lost".getBytes(), Map.of()))
                    .hasStackTraceContaining("There is no connection to Redis");
            redis.start();
            await().ignoreExceptions()
                    .until(() ->
                            app.send("events-out-0", "m".getBytes(), Map.of()).id() != null);
            // The group has the entry still to read.
            assertThat(redis.command("XREADGROUP", "GROUP", "g", "c", "STREAMS", "late", ">"))
                    .contains("payload");
        }
    }

    @Test
    void aBindingsOwnPropertiesJoinTheDefaults() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(),
                        "spring.cloud.stream.redis.default.producer.max-length=5",
                        PRODUCER + "trim-policy=exact")) {
            for (int i = 0; i < 20; i++) {
                app.send("m" + i);
            }
            assertThat(redis.command("XLEN", "events")).isEqualTo(":5\r\n");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Router {

        @Bean
        Function<Message<byte[]>, Message<byte[]>> route() {
            return message -> MessageBuilder.fromMessage(message)
                    .setHeader("spring.cloud.stream.sendto.destination", "chosen")
                    .build();
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
