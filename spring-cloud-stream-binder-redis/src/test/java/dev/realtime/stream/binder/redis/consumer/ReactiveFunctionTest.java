package dev.realtime.stream.binder.redis.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.ReactiveFunctions;
import dev.realtime.stream.binder.redis.support.SharedRedis;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Reactive functions return at once: an entry is acknowledged when its handling completes. */
class ReactiveFunctionTest {

    @RegisterExtension
    static final SharedRedis redis = new SharedRedis();

    @Test
    void acknowledgesWhenTheHandlingCompletesAndBoundsWhatIsInFlight() {
        add(50);
        try (var app = app("billing", "spring.cloud.stream.bindings.billing-out-0.destination=bills")) {
            Work work = app.bean(Work.class);
            await().until(() -> work.begun.size() == 4);
            await().during(Duration.ofMillis(500)).until(() -> work.begun.size() == 4);
            // A page was read, but nothing is handled and nothing is acknowledged.
            assertThat(pending()).isEqualTo(50);
            work.complete("m2");
            await().until(() -> pending() == 49);
            await().until(() -> work.begun.size() == 5);
            assertThat(redis.payloads("bills")).containsExactly("bill-m2");
            work.completeAll();
            await().until(() -> pending() == 0);
            assertThat(redis.payloads("bills")).hasSize(50);
        }
    }

    @Test
    void aFailureBecomesADeadLetterAndTheFluxGoesOn() {
        add(5);
        try (var app = app("storing", "spring.cloud.stream.redis.bindings.storing-in-0.consumer.enable-dlq=true")) {
            Work work = app.bean(Work.class);
            await().until(() -> work.begun.size() == 4);
            work.fail("m1");
            work.completeAll();
            await().until(() -> pending() == 0);
            assertThat(redis.payloads("events.g.dlq")).containsExactly("m1");
            assertThat(redis.command("XRANGE", "events.g.dlq", "-", "+")).contains("on purpose");
            redis.command("XADD", "events", "*", "payload", "later");
            await().until(() -> work.begun.contains("later"));
        }
    }

    @Test
    void withoutADeadLetterStreamAFailureIsDeliveredAgain() {
        add(1);
        try (var app = app(
                "storing",
                "spring.cloud.stream.redis.bindings.storing-in-0.consumer.claim-min-idle=300ms",
                "spring.cloud.stream.redis.bindings.storing-in-0.consumer.claim-interval=100ms")) {
            Work work = app.bean(Work.class);
            await().until(() -> work.begun.size() == 1);
            work.fail("m0");
            await().until(() -> work.begun.size() >= 2);
            work.completeAll();
            await().until(() -> pending() == 0);
        }
    }

    @Test
    void aStopWaitsForWhatIsInFlight() {
        add(10);
        var app = app("storing");
        Work work = app.bean(Work.class);
        await().until(() -> work.begun.size() == 4);
        Thread closing = Thread.startVirtualThread(app::close);
        await().during(Duration.ofMillis(300)).until(closing::isAlive);
        work.completeAll();
        await().until(() -> !closing.isAlive());
        // The four were acknowledged; the others were left to the next consumer.
        assertThat(pending()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", ""})
    void aMessageCountsAsHandledWhenItsHandlingHasCompleted(String group) {
        try (var app = app(
                "billing",
                "spring.cloud.stream.bindings.billing-in-0.group=" + group,
                "spring.cloud.stream.redis.bindings.billing-in-0.consumer.start-offset=earliest",
                "spring.cloud.stream.bindings.billing-out-0.destination=bills")) {
            add(6);
            Work work = app.bean(Work.class);
            await().until(() -> work.begun.size() == 4);
            assertThat(count(app, "handled")).isZero();
            work.complete("m0");
            await().until(() -> count(app, "handled") == 1);
            work.fail("m1");
            await().until(() -> count(app, "failed") == 1);
            await().until(() -> work.begun.size() == 6);
            assertThat(count(app, "handled")).isEqualTo(1);
            work.completeAll();
            await().until(() -> count(app, "handled") == 5);
            assertThat(count(app, "failed")).isEqualTo(1);
        }
    }

    private static double count(TestApplication app, String meter) {
        return app.bean(SimpleMeterRegistry.class).find("spring.cloud.stream.redis." + meter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flowing", "each"})
    void anyOtherReactiveFunctionIsRefused(String function) {
        assertThatThrownBy(() -> app(function, "spring.cloud.stream.binding-retry-interval=0"))
                .hasStackTraceContaining("ack-mode")
                .hasStackTraceContaining("ReactiveFunctions.acknowledging");
    }

    private static TestApplication app(String function, String... more) {
        return TestApplication.start(
                List.of(Functions.class),
                redis.port(),
                Stream.concat(
                                Stream.of(
                                        "spring.cloud.function.definition=" + function,
                                        "spring.cloud.stream.redis.binder.block-timeout=300ms",
                                        "spring.cloud.stream.bindings." + function + "-in-0.destination=events",
                                        "spring.cloud.stream.bindings." + function + "-in-0.group=g"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static void add(int count) {
        IntStream.range(0, count).forEach(i -> redis.command("XADD", "events", "*", "payload", "m" + i));
    }

    private static int pending() {
        return Integer.parseInt(
                redis.command("XPENDING", "events", "g").split("\r\n")[1].substring(1));
    }

    /** Handles messages when the test says so. */
    static final class Work {

        final List<String> begun = new CopyOnWriteArrayList<>();
        private final Map<String, Sinks.One<String>> open = new ConcurrentHashMap<>();
        private volatile boolean all;

        Mono<String> begin(Message<byte[]> message) {
            String payload = new String(message.getPayload());
            if (all) {
                begun.add(payload);
                return Mono.just("bill-" + payload);
            }
            Sinks.One<String> sink = Sinks.one();
            open.put(payload, sink);
            begun.add(payload);
            return sink.asMono();
        }

        void complete(String payload) {
            open.remove(payload).tryEmitValue("bill-" + payload);
        }

        void fail(String payload) {
            open.remove(payload).tryEmitError(new IllegalStateException("on purpose"));
        }

        void completeAll() {
            all = true;
            List.copyOf(open.keySet()).forEach(this::complete);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Functions {

        @Bean
        SimpleMeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Work work() {
            return new Work();
        }

        @Bean
        Function<Flux<Message<byte[]>>, Flux<String>> billing(Work work) {
            return ReactiveFunctions.acknowledging(4, work::begin);
        }

        @Bean
        Consumer<Flux<Message<byte[]>>> storing(Work work) {
            return ReactiveFunctions.acknowledgingConsumer(4, work::begin);
        }

        @Bean
        Function<Flux<byte[]>, Mono<Void>> flowing() {
            return Flux::then;
        }

        @Bean
        Function<byte[], Mono<String>> each() {
            return payload -> Mono.just("done");
        }
    }
}
