package dev.realtime.stream.binder.redis.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.DeadLetterHeaders;
import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.properties.StartOffset;
import dev.realtime.stream.binder.redis.support.RedisTestBinder;
import dev.realtime.stream.binder.redis.support.SharedRedis;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cloud.stream.binder.Binding;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.ErrorMessage;

/** Spring Cloud Stream's own properties, as its users know them from other binders. */
class CommonPropertiesTest {

    @RegisterExtension
    static final SharedRedis redis = new SharedRedis();

    @Test
    void aHandlerOfTheBindingReceivesWhatFailedInAllAttempts() throws InterruptedException {
        try (var app = TestApplication.start(
                List.of(Functions.class),
                redis.port(),
                "spring.cloud.stream.bindings.events-in-0.group=g",
                "spring.cloud.stream.bindings.events-in-0.error-handler-definition=mishap",
                "spring.cloud.stream.bindings.events-in-0.consumer.back-off-initial-interval=10")) {
            List<Integer> attempts = new CopyOnWriteArrayList<>();
            app.inbox().hook = message -> {
                attempts.add(Integer.valueOf(message.getHeaders()
                        .get(IntegrationMessageHeaderAccessor.DELIVERY_ATTEMPT)
                        .toString()));
                throw new IllegalStateException("on purpose");
            };
            app.send("m");
            ErrorMessage mishap = app.bean(Functions.Seen.class).mishaps.poll(30, TimeUnit.SECONDS);
            assertThat(mishap.getPayload()).hasStackTraceContaining("on purpose");
            assertThat(mishap.getOriginalMessage().getPayload()).isEqualTo("m".getBytes());
            assertThat(attempts).containsExactly(1, 2, 3);
            await().until(() -> pending("events", "g") == 0);
        }
    }

    @Test
    void oneBindingReadsSeveralDestinationsAndLeavesHeadersAlone() {
        try (var app = TestApplication.start(
                List.of(Functions.class),
                redis.port(),
                "spring.cloud.function.definition=both",
                "spring.cloud.stream.bindings.both-in-0.destination=left,right",
                "spring.cloud.stream.bindings.both-in-0.group=g",
                "spring.cloud.stream.bindings.both-in-0.consumer.multiplex=true",
                "spring.cloud.stream.bindings.both-in-0.consumer.header-mode=none",
                "spring.cloud.stream.bindings.left-out.destination=left",
                "spring.cloud.stream.bindings.left-out.producer.header-mode=none",
                "spring.cloud.stream.bindings.right-out.destination=right")) {
            app.send("left-out", "l".getBytes(), Map.of("mine", 7));
            app.send("right-out", "r".getBytes(), Map.of("mine", 7));
            List<Message<byte[]>> received = app.bean(Functions.Seen.class).messages;
            await().until(() -> received.size() == 2);
            assertThat(received)
                    .extracting(message -> new String(message.getPayload()))
                    .containsExactlyInAnyOrder("l", "r");
            assertThat(received)
                    .allSatisfy(message -> assertThat(message.getHeaders()).doesNotContainKey("mine"));
            assertThat(redis.command("XRANGE", "left", "-", "+")).doesNotContain("headers");
            assertThat(redis.command("XRANGE", "right", "-", "+")).contains("mine");
        }
    }

    @Test
    void aGroupMayStartAtTheEndAndThenResumesWhereItStopped() {
        RedisTestBinder binder = new RedisTestBinder(redis.port());
        try {
            List<String> received = new CopyOnWriteArrayList<>();
            MessageHandler function = message -> received.add(new String((byte[]) message.getPayload()));
            RedisConsumerProperties extension = new RedisConsumerProperties();
            extension.setStartOffset(StartOffset.LATEST);
            add("before");
            Binding<MessageChannel> binding = bind(binder, extension, function);
            add("bound");
            await().until(() -> received.equals(List.of("bound")));
            binding.unbind();
            add("meanwhile");
            bind(binder, extension, function);
            await().until(() -> received.equals(List.of("bound", "meanwhile")));
        } finally {
            binder.cleanup();
        }
    }

    @Test
    void aDeadLettersStackTraceHasALimit() {
        RedisTestBinder binder = new RedisTestBinder(redis.port());
        try {
            RedisConsumerProperties extension = new RedisConsumerProperties();
            extension.setEnableDlq(true);
            extension.setRepublishStackTraceMaxLength(60);
            extension.setDlqName("letters");
            Binding<MessageChannel> binding = bind(binder, extension, CommonPropertiesTest::fail);
            add("m");
            await().until(() -> redis.payloads("letters").size() == 1);
            binding.unbind();
            String letter = redis.command("XRANGE", "letters", "-", "+");
            assertThat(letter)
                    .contains(DeadLetterHeaders.EXCEPTION_STACKTRACE)
                    .contains("java.lang.IllegalStateException: on purpose")
                    .doesNotContain("RedisStreamEndpoint");

            extension.setRepublishStackTraceMaxLength(0);
            extension.setDlqName("terse");
            bind(binder, extension, CommonPropertiesTest::fail);
            add("m");
            await().until(() -> redis.payloads("terse").size() == 1);
            assertThat(redis.command("XRANGE", "terse", "-", "+"))
                    .contains(DeadLetterHeaders.EXCEPTION_MESSAGE)
                    .doesNotContain(DeadLetterHeaders.EXCEPTION_STACKTRACE);
        } finally {
            binder.cleanup();
        }
    }

    private static void fail(Message<?> message) {
        throw new IllegalStateException("on purpose");
    }

    private static Binding<MessageChannel> bind(
            RedisTestBinder binder, RedisConsumerProperties extension, MessageHandler function) {
        DirectChannel input = new DirectChannel();
        input.setBeanName("input");
        input.addInterceptor(new ChannelInterceptor() {});
        input.subscribe(function);
        var properties = new ExtendedConsumerProperties<>(extension);
        properties.setMaxAttempts(1);
        return binder.bindConsumer("events", "g", input, properties);
    }

    private static void add(String payload) {
        redis.command("XADD", "events", "*", "payload", payload);
    }

    private static int pending(String stream, String group) {
        return Integer.parseInt(
                redis.command("XPENDING", stream, group).split("\r\n")[1].substring(1));
    }

    @Configuration(proxyBeanMethods = false)
    static class Functions {

        static final class Seen {
            final LinkedBlockingQueue<ErrorMessage> mishaps = new LinkedBlockingQueue<>();
            final List<Message<byte[]>> messages = new CopyOnWriteArrayList<>();
        }

        @Bean
        Seen seen() {
            return new Seen();
        }

        @Bean
        Consumer<ErrorMessage> mishap(Seen seen) {
            return seen.mishaps::add;
        }

        @Bean
        Consumer<Message<byte[]>> both(Seen seen) {
            return seen.messages::add;
        }
    }
}
