package dev.realtime.stream.binder.redis.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.DeadLetterRedrive;
import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.support.RedisTestBinder;
import dev.realtime.stream.binder.redis.support.SharedRedis;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.ChannelInterceptor;

/** Dead letters of a partitioned destination, in partitions of their own. */
class PartitionedDeadLetterTest {

    @RegisterExtension
    static final SharedRedis redis = new SharedRedis();

    private RedisTestBinder binder;

    @BeforeEach
    void start() {
        binder = new RedisTestBinder(redis.port());
    }

    @AfterEach
    void stop() {
        binder.cleanup();
    }

    @Test
    void staysInItsPartitionAndGoesBackToIt() {
        Set<String> failing = ConcurrentHashMap.newKeySet();
        failing.addAll(List.of("m0", "m1"));
        List<String> handled = new CopyOnWriteArrayList<>();
        bind("parted", "g", properties(2, 0, 1), message -> {
            String payload = new String((byte[]) message.getPayload());
            if (failing.contains(payload)) {
                throw new IllegalStateException("on purpose");
            }
            handled.add(payload);
        });
        add("parted-0", "m0");
        add("parted-1", "m1");
        await().until(() -> redis.payloads("parted.g.dlq-0").equals(List.of("m0")));
        await().until(() -> redis.payloads("parted.g.dlq-1").equals(List.of("m1")));

        failing.clear();
        LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", redis.port());
        factory.afterPropertiesSet();
        factory.start();
        try {
            new DeadLetterRedrive(factory, "").redrive("parted.g.dlq-1", DeadLetterRedrive.Request.oldest(10));
        } finally {
            factory.destroy();
        }
        await().until(() -> handled.equals(List.of("m1")));
        assertThat(redis.payloads("parted-1")).containsExactly("m1", "m1");
        assertThat(redis.payloads("parted.g.dlq-1")).isEmpty();
        assertThat(redis.payloads("parted.g.dlq-0")).containsExactly("m0");
    }

    @Test
    void aPartitionedConsumerReceivesThem() {
        bind("parted", "g", properties(2, 0, 1), message -> {
            throw new IllegalStateException("on purpose");
        });
        List<String> letters = new CopyOnWriteArrayList<>();
        bind(
                "parted.g.dlq",
                "repair",
                properties(0, 1),
                message -> letters.add(new String((byte[]) message.getPayload())));
        add("parted-0", "m0");
        add("parted-1", "m1");
        await().until(() -> letters.equals(List.of("m1")));
        await().until(() -> redis.payloads("parted.g.dlq-0").equals(List.of("m0")));
    }

    @Test
    void thereMayBeFewerThanOfTheDestination() {
        bind("parted", "g", properties(2, 2, 3), message -> {
            throw new IllegalStateException("on purpose");
        });
        add("parted-2", "m2");
        add("parted-3", "m3");
        await().until(() -> redis.payloads("parted.g.dlq-0").equals(List.of("m2")));
        await().until(() -> redis.payloads("parted.g.dlq-1").equals(List.of("m3")));
    }

    @Test
    void aDestinationWithoutPartitionsIsRefused() {
        var properties = properties(2, 0);
        properties.setPartitioned(false);
        assertThatThrownBy(() -> bind("plain", "g", properties, message -> {}))
                .hasStackTraceContaining("dlq-partitions needs a partitioned consumer");
    }

    private void bind(
            String destination,
            String group,
            ExtendedConsumerProperties<RedisConsumerProperties> properties,
            MessageHandler function) {
        DirectChannel input = new DirectChannel();
        input.setBeanName("input-" + destination);
        input.addInterceptor(new ChannelInterceptor() {});
        input.subscribe(function);
        properties.populateBindingName("input-" + destination);
        binder.bindConsumer(destination, group, input, properties);
    }

    /** A consumer that tries once, of some partitions; without partitions of dead letters, it has no dead letters. */
    private static ExtendedConsumerProperties<RedisConsumerProperties> properties(
            int dlqPartitions, Integer... partitions) {
        RedisConsumerProperties extension = new RedisConsumerProperties();
        extension.setEnableDlq(dlqPartitions > 0);
        extension.setDlqPartitions(dlqPartitions);
        var properties = new ExtendedConsumerProperties<>(extension);
        properties.setPartitioned(true);
        properties.setInstanceIndexList(List.of(partitions));
        properties.setMaxAttempts(1);
        return properties;
    }

    private static void add(String stream, String payload) {
        redis.command("XADD", stream, "*", "payload", payload);
    }
}
