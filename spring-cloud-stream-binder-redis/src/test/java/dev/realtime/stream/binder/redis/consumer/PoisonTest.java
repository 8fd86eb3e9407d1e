package dev.realtime.stream.binder.redis.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.RedisTestBinder;
import dev.realtime.stream.binder.redis.support.SharedRedis;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cloud.stream.binder.DefaultPollableMessageSource;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.support.ChannelInterceptor;

/** An entry that cannot become a message, or whose page is read in vain: its neighbours are delivered all the same. */
class PoisonTest {

    private static final List<String> POISON = List.of(
            "{\"priority\":\"high\"}",
            "{\"sequenceNumber\":\"one\"}",
            "{\"sequenceSize\":{}}",
            "{\"routingSlip\":\"a,b\"}",
            "{\"expirationDate\":\"tomorrow\"}",
            "{\"duplicateMessage\":\"no\"}");

    private static final List<String> GOOD =
            IntStream.range(0, 50).mapToObj(i -> "m" + i).toList();

    private static final String[] GROUP = {
        "spring.cloud.stream.bindings.events-in-0.group=g",
        "spring.cloud.stream.redis.binder.block-timeout=300ms",
        "spring.cloud.stream.bindings.events-in-0.consumer.max-attempts=1",
        "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=300ms",
        "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-interval=100ms"
    };

    @RegisterExtension
    static final SharedRedis redis = new SharedRedis();

    @Test
    void anAnonymousConsumerContinuesBehindIt() {
        try (var app = TestApplication.start(redis.port(), "spring.cloud.stream.redis.binder.block-timeout=300ms")) {
            addPoisonAmongGood();
            await().until(() -> app.payloads().equals(GOOD));
            assertThat(app.subscription().failure()).isNull();
        }
    }

    @Test
    void inAGroupItIsTheOnlyDeadLetter() {
        try (var app = TestApplication.start(
                redis.port(), with("spring.cloud.stream.redis.bindings.events-in-0.consumer.enable-dlq=true"))) {
            addPoisonAmongGood();
            await().until(() -> app.payloads().equals(GOOD));
            await().until(() -> redis.payloads("events.g.dlq").equals(List.of("p0", "p1", "p2", "p3", "p4", "p5")));
            await().until(PoisonTest::nothingPending);
            assertThat(redis.command("XRANGE", "events.g.dlq", "-", "+", "COUNT", "1"))
                    .contains("\"priority\":\"high\"", "The 'priority' header value must be a Number");
        }
    }

    @Test
    void withoutADeadLetterStreamItStaysPending() {
        try (var app = TestApplication.start(redis.port(), GROUP)) {
            addPoisonAmongGood();
            await().until(() -> app.payloads().equals(GOOD));
            // Delivered in vain more often than once, and still there.
            await().until(() -> deliveries().filter(it -> it > 12).count() == 6);
            app.send("later");
            await().until(() -> app.payloads().contains("later"));
            assertThat(app.payloads()).doesNotHaveDuplicates();
        }
    }

    @Test
    void inABatchItIsTheOnlyDeadLetter() {
        addPoisonAmongGood();
        RedisTestBinder binder = new RedisTestBinder(redis.port());
        try {
            var properties = withDeadLetters();
            properties.setBatchMode(true);
            List<String> seen = new CopyOnWriteArrayList<>();
            DirectChannel input = new DirectChannel();
            input.setBeanName("input");
            input.addInterceptor(new ChannelInterceptor() {});
            input.subscribe(message ->
                    ((List<?>) message.getPayload()).forEach(it -> seen.add(new String((byte[]) it))));
            binder.bindConsumer("events", "g", input, properties);
            await().until(() -> seen.equals(GOOD));
            await().until(() -> redis.payloads("events.g.dlq").size() == POISON.size());
            await().until(PoisonTest::nothingPending);
        } finally {
            binder.cleanup();
        }
    }

    @Test
    void aPolledConsumerContinuesBehindIt() {
        addPoisonAmongGood();
        RedisTestBinder binder = new RedisTestBinder(redis.port());
        try {
            DefaultPollableMessageSource source = new DefaultPollableMessageSource(null);
            binder.bindPollableConsumer("events", "g", source, withDeadLetters());
            List<String> seen = new CopyOnWriteArrayList<>();
            while (source.poll(message -> seen.add(new String((byte[]) message.getPayload())))) {
                // Until there is none.
            }
            assertThat(seen).isEqualTo(GOOD);
            assertThat(redis.payloads("events.g.dlq")).hasSize(POISON.size());
            await().until(PoisonTest::nothingPending);
        } finally {
            binder.cleanup();
        }
    }

    @Test
    void cutsOfTheConnectionAreNotDeliveries() {
        GOOD.forEach(payload -> redis.command("XADD", "events", "*", "payload", payload));
        try (var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(
                        proxy.port(),
                        with(
                                "spring.cloud.stream.bindings.events-in-0.consumer.auto-startup=false",
                                "spring.cloud.stream.redis.bindings.events-in-0.consumer.enable-dlq=true",
                                "spring.cloud.stream.redis.bindings.events-in-0.consumer.max-deliveries=3"))) {
            AtomicInteger cuts = new AtomicInteger();
            app.inbox().hook = message -> {
                if (cuts.incrementAndGet() <= 12) {
                    proxy.cut();
                }
            };
            app.bean(BindingsLifecycleController.class).changeState("events-in-0", State.STARTED);
            await().until(() -> app.payloads().containsAll(GOOD));
            assertThat(redis.payloads("events.g.dlq")).isEmpty();
            await().until(PoisonTest::nothingPending);
            // What was handled is acknowledged after the reconnect, not handled again.
            assertThat(app.payloads()).isEqualTo(GOOD);
        }
    }

    private static void addPoisonAmongGood() {
        for (int i = 0; i < GOOD.size(); i++) {
            if (i % 8 == 1 && i / 8 < POISON.size()) {
                redis.command("XADD", "events", "*", "payload", "p" + i / 8, "headers", "'" + POISON.get(i / 8) + "'");
            }
            redis.command("XADD", "events", "*", "payload", GOOD.get(i));
        }
    }

    private static ExtendedConsumerProperties<RedisConsumerProperties> withDeadLetters() {
        RedisConsumerProperties extension = new RedisConsumerProperties();
        extension.setEnableDlq(true);
        return new ExtendedConsumerProperties<>(extension);
    }

    private static boolean nothingPending() {
        return redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n");
    }

    /** The number of deliveries of each pending entry. */
    private static Stream<Long> deliveries() {
        String[] lines =
                redis.command("XPENDING", "events", "g", "-", "+", "100").split("\r\n");
        return IntStream.range(0, lines.length)
                .filter(i -> lines[i].startsWith(":") && (i + 1 == lines.length || lines[i + 1].startsWith("*")))
                .mapToObj(i -> Long.parseLong(lines[i].substring(1)));
    }

    private static String[] with(String... more) {
        return Stream.concat(Stream.of(GROUP), Stream.of(more)).toArray(String[]::new);
    }
}
