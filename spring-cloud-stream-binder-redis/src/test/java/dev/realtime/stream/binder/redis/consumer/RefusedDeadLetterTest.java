package dev.realtime.stream.binder.redis.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.RedisTestBinder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.stream.binder.DefaultPollableMessageSource;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.support.ChannelInterceptor;

/** Redis refuses a dead letter: the entry stays pending, and becomes a dead letter once Redis takes it. */
class RefusedDeadLetterTest {

    private RedisProcess redis;
    private RedisTestBinder binder;

    @BeforeEach
    void start() {
        redis = RedisProcess.volatileServer();
        binder = new RedisTestBinder(redis.port());
        redis.command("SET", "events.g.dlq", "not-a-stream");
    }

    @AfterEach
    void stop() {
        binder.cleanup();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ofAPolledConsumer(int attempts) {
        DefaultPollableMessageSource source = new DefaultPollableMessageSource(null);
        var properties = properties();
        properties.setMaxAttempts(attempts);
        binder.bindPollableConsumer("events", "g", source, properties);
        redis.command("XADD", "events", "*", "payload", "m");

        assertThatThrownBy(() -> poll(source)).isInstanceOf(RuntimeException.class);
        assertThat(pending()).isEqualTo(1);

        redis.command("DEL", "events.g.dlq");
        await().ignoreExceptions().until(() -> poll(source));
        assertThat(redis.payloads("events.g.dlq")).containsExactly("m");
        await().until(() -> pending() == 0);
    }

    @Test
    void ofABatchThatSaysHowOftenEachEntryWasDelivered() {
        var properties = properties();
        properties.setBatchMode(true);
        List<String> seen = new CopyOnWriteArrayList<>();
        DirectChannel input = new DirectChannel();
        input.setBeanName("input");
        input.addInterceptor(new ChannelInterceptor() {});
        input.subscribe(message -> {
            ((List<?>) message.getPayload()).forEach(it -> seen.add(new String((byte[]) it)));
            throw new IllegalStateException("on purpose");
        });
        redis.command("XADD", "events", "*", "payload", "m1");
        redis.command("XADD", "events", "*", "payload", "m2");
        binder.bindConsumer("events", "g", input, properties);
        await().until(() -> seen.size() >= 6);
        assertThat(pending()).isEqualTo(2);
        redis.command("DEL", "events.g.dlq");
        await().until(() -> redis.payloads("events.g.dlq").size() == 2);
        assertThat(redis.command("XRANGE", "events.g.dlq", "-", "+"))
                .doesNotContain(
                        "\"x-delivery-count\":{\"value\":\"1\"",
                        "\"x-delivery-count\":{\"@type\":\"long\",\"value\":\"1\"");
        await().until(() -> pending() == 0);
    }

    private static boolean poll(DefaultPollableMessageSource source) {
        return source.poll(message -> {
            throw new IllegalStateException("on purpose");
        });
    }

    private static ExtendedConsumerProperties<RedisConsumerProperties> properties() {
        RedisConsumerProperties extension = new RedisConsumerProperties();
        extension.setEnableDlq(true);
        extension.setClaimMinIdle(Duration.ofMillis(300));
        extension.setClaimInterval(Duration.ofMillis(100));
        var properties = new ExtendedConsumerProperties<>(extension);
        properties.setMaxAttempts(1);
        properties.setBackOffInitialInterval(10);
        return properties;
    }

    private int pending() {
        return Integer.parseInt(
                redis.command("XPENDING", "events", "g").split("\r\n")[1].substring(1));
    }
}
