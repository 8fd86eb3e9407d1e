package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.properties.AckMode;
import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.properties.RedisProducerProperties;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.RedisTestBinder;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binder.Binding;
import org.springframework.cloud.stream.binder.DefaultPollableMessageSource;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.RequeueCurrentMessageException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.integration.StaticMessageHeaderAccessor;
import org.springframework.integration.acks.AcknowledgmentCallback.Status;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;

class DeadLetterTest {

    private static final String[] DLQ = {
        "spring.cloud.stream.bindings.events-in-0.group=g",
        "spring.cloud.stream.bindings.events-in-0.consumer.max-attempts=2",
        "spring.cloud.stream.bindings.events-in-0.consumer.back-off-initial-interval=10",
        "spring.cloud.stream.redis.bindings.events-in-0.consumer.enable-dlq=true"
    };

    private RedisProcess redis;
    private RedisTestBinder binder;

    @BeforeEach
    void start() {
        redis = RedisProcess.volatileServer();
    }

    @AfterEach
    void stop() {
        if (binder != null) {
            binder.cleanup();
        }
        redis.close();
    }

    @Test
    void aFailedEntryBecomesADeadLetterWithItsHistory() {
        try (var app = TestApplication.start(redis.port(), DLQ)) {
            app.inbox().hook = message -> {
                throw new IllegalStateException("on purpose");
            };
            RecordMetadata where = app.send(new byte[] {0, 1, (byte) 0xFF}, Map.of("mine", 7L));
            Message<?> letter = deadLetter("events.g.dlq");
            assertThat(letter.getPayload()).isEqualTo(new byte[] {0, 1, (byte) 0xFF});
            assertThat(letter.getHeaders())
                    .containsAllEntriesOf(Map.of(
                            "mine",
                            7L,
                            DeadLetterHeaders.ORIGINAL_STREAM,
                            "events",
                            DeadLetterHeaders.ORIGINAL_ID,
                            where.id(),
                            DeadLetterHeaders.ORIGINAL_GROUP,
                            "g",
                            DeadLetterHeaders.DELIVERY_COUNT,
                            1L,
                            DeadLetterHeaders.EXCEPTION_FQCN,
                            IllegalStateException.class.getName(),
                            DeadLetterHeaders.EXCEPTION_MESSAGE,
                            "on purpose"));
            assertThat(letter.getHeaders().get(DeadLetterHeaders.EXCEPTION_STACKTRACE, String.class))
                    .contains("DeadLetterTest");
            await().until(this::nothingPending);
        }
    }

    @Test
    void anEntryThatKillsItsConsumersBecomesADeadLetterUndelivered() {
        redis.command("XGROUP", "CREATE", "events", "g", "0", "MKSTREAM");
        redis.command("XADD", "events", "*", "payload", "poison");
        redis.command("XREADGROUP", "GROUP", "g", "dead", "STREAMS", "events", ">");
        String id = redis.command("XRANGE", "events", "-", "+").split("\r\n")[3];
        redis.command("XCLAIM", "events", "g", "dead", "0", id, "RETRYCOUNT", "5");
        try (var app = TestApplication.start(
                redis.port(),
                with(
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.max-deliveries=5",
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=100ms",
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-interval=100ms"))) {
            Message<?> letter = deadLetter("events.g.dlq");
            assertThat(letter.getPayload()).isEqualTo("poison".getBytes());
            assertThat(letter.getHeaders()).containsEntry(DeadLetterHeaders.DELIVERY_COUNT, 5L);
            assertThat(app.received()).isEmpty();
            await().until(this::nothingPending);
        }
    }

    @Test
    void aNonRetryableExceptionMakesADeadLetterAtOnce() {
        try (var app = TestApplication.start(
                redis.port(),
                with(
                        "spring.cloud.stream.bindings.events-in-0.consumer.max-attempts=5",
                        "spring.cloud.stream.bindings.events-in-0.consumer.retryable-exceptions.java.lang.IllegalArgumentException=false"))) {
            List<String> attempts = new CopyOnWriteArrayList<>();
            app.inbox().hook = message -> {
                attempts.add("");
                throw new IllegalArgumentException("never");
            };
            app.send("m");
            deadLetter("events.g.dlq");
            assertThat(attempts).hasSize(1);
        }
    }

    @Test
    void aManualRejectionMakesADeadLetter() {
        try (var app = TestApplication.start(
                redis.port(),
                with(
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.ack-mode=manual",
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.dlq-name=letters"))) {
            app.inbox().hook = message -> StaticMessageHeaderAccessor.getAcknowledgmentCallback(message)
                    .acknowledge(Status.REJECT);
            app.send("m");
            assertThat(deadLetter("letters").getPayload()).isEqualTo("m".getBytes());
            await().until(this::nothingPending);
        }
    }

    @Test
    void aFailedBatchBecomesOneDeadLetterPerEntry() throws Exception {
        var properties = properties();
        properties.setBatchMode(true);
        properties.setMaxAttempts(1);
        for (int i = 0; i < 3; i++) {
            redis.command("XADD", "batched", "*", "payload", "m" + i);
        }
        DirectChannel input = new DirectChannel();
        input.setBeanName("input");
        input.addInterceptor(new org.springframework.messaging.support.ChannelInterceptor() {});
        input.subscribe(message -> {
            throw new IllegalStateException("on purpose");
        });
        Binding<MessageChannel> binding = binder().bindConsumer("batched", "g", input, properties);
        await().until(() -> redis.payloads("batched.g.dlq").equals(List.of("m0", "m1", "m2")));
        binding.unbind();
    }

    @Test
    void allPartitionsShareADeadLetterStream() {
        var producer = new ExtendedProducerProperties<>(new RedisProducerProperties());
        producer.setPartitionKeyExpression(new SpelExpressionParser().parseExpression("payload"));
        producer.setPartitionCount(2);
        for (int i = 0; i < 2; i++) {
            var properties = properties();
            properties.setPartitioned(true);
            properties.setInstanceCount(2);
            properties.setInstanceIndex(i);
            properties.setMaxAttempts(1);
            DirectChannel input = new DirectChannel();
            input.setBeanName("input" + i);
            input.addInterceptor(new org.springframework.messaging.support.ChannelInterceptor() {});
            input.subscribe(message -> {
                throw new IllegalStateException("on purpose");
            });
            properties.populateBindingName("input" + i);
            binder().bindConsumer("parted", "g", input, properties);
            redis.command("XADD", "parted-" + i, "*", "payload", "m" + i);
        }
        await().until(() -> redis.payloads("parted.g.dlq").size() == 2);
        assertThat(redis.payloads("parted.g.dlq")).containsExactlyInAnyOrder("m0", "m1");
    }

    @Test
    void anAnonymousConsumerHasNoDeadLetters() {
        assertThatThrownBy(() -> binder().bindConsumer("events", null, new QueueChannel(), properties()))
                .hasStackTraceContaining("enable-dlq needs a group");
    }

    @Test
    void aPolledConsumerAcknowledgesRequeuesAndRejects() {
        var properties = properties();
        properties.setMaxAttempts(1);
        DefaultPollableMessageSource source = new DefaultPollableMessageSource(null);
        binder().bindPollableConsumer("polled", "g", source, properties);
        assertThat(source.poll(message -> {})).isFalse();
        redis.command("XADD", "polled", "*", "payload", "one");
        redis.command("XADD", "polled", "*", "payload", "two");

        await().until(() -> source.poll(message -> {
            throw new RequeueCurrentMessageException(new IllegalStateException("again"));
        }));
        List<String> seen = new CopyOnWriteArrayList<>();
        assertThat(source.poll(message -> seen.add(new String((byte[]) message.getPayload()))))
                .isTrue();
        assertThat(seen).containsExactly("one");
        await().until(() -> redis.command("XPENDING", "polled", "g").startsWith("*4\r\n:0\r\n"));

        assertThat(source.poll(message -> {
                    throw new IllegalStateException("on purpose");
                }))
                .isTrue();
        assertThat(redis.payloads("polled.g.dlq")).containsExactly("two");
        await().until(() -> redis.command("XPENDING", "polled", "g").startsWith("*4\r\n:0\r\n"));
        assertThat(source.poll(message -> {})).isFalse();
    }

    @Test
    void aPolledConsumerSurvivesARedisOutage() {
        var properties = properties();
        DefaultPollableMessageSource source = new DefaultPollableMessageSource(null);
        binder().bindPollableConsumer("polled", null, source, noDlq());
        redis.command("XADD", "polled", "*", "payload", "one");
        await().until(() -> source.poll(message -> {}));
        redis.kill();
        assertThat(source.poll(message -> {})).isFalse();
        redis.start();
        redis.command("XADD", "polled", "*", "payload", "two");
        List<String> seen = new CopyOnWriteArrayList<>();
        await().until(() -> source.poll(message -> seen.add(new String((byte[]) message.getPayload()))));
        assertThat(seen).containsExactly("two");
        assertThat(properties.getExtension().getAckMode()).isEqualTo(AckMode.AUTO);
    }

    private ExtendedConsumerProperties<RedisConsumerProperties> noDlq() {
        return new ExtendedConsumerProperties<>(new RedisConsumerProperties());
    }

    private ExtendedConsumerProperties<RedisConsumerProperties> properties() {
        RedisConsumerProperties extension = new RedisConsumerProperties();
        extension.setEnableDlq(true);
        return new ExtendedConsumerProperties<>(extension);
    }

    private RedisTestBinder binder() {
        if (binder == null) {
            binder = new RedisTestBinder(redis.port());
        }
        return binder;
    }

    /** The first entry of a stream, as a consumer receives it. */
    private Message<?> deadLetter(String stream) {
        await().until(() -> !redis.payloads(stream).isEmpty());
        RedisConsumerProperties extension = new RedisConsumerProperties();
        extension.setStartOffset(dev.realtime.stream.binder.redis.properties.StartOffset.EARLIEST);
        DefaultPollableMessageSource source = new DefaultPollableMessageSource(null);
        var binding = binder().bindPollableConsumer(stream, null, source, new ExtendedConsumerProperties<>(extension));
        List<Message<?>> letters = new CopyOnWriteArrayList<>();
        await().until(() -> source.poll(letters::add));
        binding.unbind();
        Message<?> letter = letters.getFirst();
        return new GenericMessage<>(letter.getPayload(), new MessageHeaders(letter.getHeaders()));
    }

    private boolean nothingPending() {
        return redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n");
    }

    private static String[] with(String... more) {
        return Stream.concat(Stream.of(DLQ), Stream.of(more)).toArray(String[]::new);
    }
}
