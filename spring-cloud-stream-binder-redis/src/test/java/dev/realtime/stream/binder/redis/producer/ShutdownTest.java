package dev.realtime.stream.binder.redis.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.stream.binder.redis.RecordMetadata;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.SendOutcomeUnknownException;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.support.MessageBuilder;

/** Asynchronous sends that are in flight when the application stops. */
class ShutdownTest {

    private static final String[] ASYNCHRONOUS = {
        "spring.cloud.stream.redis.bindings.events-out.producer.sync=false",
        "spring.cloud.stream.redis.bindings.events-out.producer.send-timeout=1s"
    };

    @Test
    void theirOutcomeIsUnknownIfRedisDoesNotAnswer() {
        try (var redis = RedisProcess.volatileServer()) {
            List<CompletableFuture<RecordMetadata>> outcomes;
            try (var app = TestApplication.start(redis.port(), ASYNCHRONOUS)) {
                send(app).join();
                redis.freeze();
                outcomes = IntStream.range(0, 10).mapToObj(i -> send(app)).toList();
            } finally {
                redis.thaw();
            }
            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome)
                            .isCompletedExceptionally()
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .withCauseInstanceOf(SendOutcomeUnknownException.class));
        }
    }

    @Test
    void theStopWaitsForTheirAnswers() {
        try (var redis = RedisProcess.volatileServer()) {
            List<CompletableFuture<RecordMetadata>> outcomes;
            try (var app = TestApplication.start(redis.port(), ASYNCHRONOUS)) {
                send(app).join();
                outcomes = IntStream.range(0, 1_000).mapToObj(i -> send(app)).toList();
            }
            assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isCompleted());
            assertThat(redis.command("XLEN", "events")).isEqualTo(":1001\r\n");
        }
    }

    private static CompletableFuture<RecordMetadata> send(TestApplication app) {
        CompletableFuture<RecordMetadata> outcome = new CompletableFuture<>();
        app.bean(StreamBridge.class)
                .send(
                        "events-out",
                        MessageBuilder.withPayload("m".getBytes())
                                .setHeader(RedisBinderHeaders.RECORD_METADATA_FUTURE, outcome)
                                .build());
        return outcome;
    }
}
