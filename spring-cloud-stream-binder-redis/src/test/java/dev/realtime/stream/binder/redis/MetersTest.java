package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binder.PollableMessageSource;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class MetersTest {

    private static final String[] GROUP = {"binding", "events-in-0", "stream", "events", "group", "g"};
    private static final String[] ANONYMOUS = {"binding", "events-in-0", "stream", "events", "group", ""};

    @Test
    void failuresAreCountedApartFromWhatWasHandled() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        List.of(Meters.class),
                        redis.port(),
                        "spring.cloud.stream.bindings.events-in-0.consumer.back-off-initial-interval=10")) {
            app.inbox().hook = message -> {
                if (new String(message.getPayload()).equals("bad")) {
                    throw new IllegalStateException("on purpose");
                }
            };
            app.send("bad");
            app.send("good");
            await().until(() -> counter(app, "handled", ANONYMOUS) == 1);
            assertThat(counter(app, "failed", ANONYMOUS)).isEqualTo(3);
        }
    }

    @Test
    void threadsOfOneStreamHaveOneAgeWhichIsTheOldest() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        List.of(Meters.class),
                        redis.port(),
                        "spring.cloud.stream.bindings.events-in-0.group=g",
                        "spring.cloud.stream.bindings.events-in-0.consumer.concurrency=3",
                        "spring.cloud.stream.redis.binder.block-timeout=50ms")) {
            CountDownLatch release = new CountDownLatch(1);
            app.inbox().hook = message -> {
                try {
                    if (new String(message.getPayload()).equals("slow")) {
                        release.await();
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
            // The first thread to wait gets the first message, so it is another one that hangs.
            app.send("quick");
            app.send("slow");
            await().until(() -> gauge(app, "last.poll.age", GROUP) > 0.5);
            await().during(Duration.ofMillis(300)).until(() -> gauge(app, "last.poll.age", GROUP) > 0.5);
            release.countDown();
            await().until(() -> gauge(app, "last.poll.age", GROUP) < 0.5);
            app.bean(BindingsLifecycleController.class).changeState("events-in-0", State.STOPPED);
            assertThat(app.bean(MeterRegistry.class)
                            .find("spring.cloud.stream.redis.last.poll.age")
                            .gauges())
                    .isEmpty();
        }
    }

    @Test
    void theLagIsNoNumberWhileUnknown() {
        try (var redis = RedisProcess.notStarted();
                var app = TestApplication.start(List.of(Meters.class), redis.port())) {
            assertThat(gauge(app, "lag", ANONYMOUS)).isNaN();
            redis.start();
            await().until(() -> gauge(app, "lag", ANONYMOUS) == 0);
        }
    }

    @Test
    void aPolledConsumerHasMetersToo() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        List.of(Meters.class),
                        redis.port(),
                        "spring.cloud.stream.pollable-source=polled",
                        "spring.cloud.stream.bindings.polled-in-0.destination=polled",
                        "spring.cloud.stream.bindings.polled-in-0.group=g")) {
            String[] tags = {"binding", "polled-in-0", "stream", "polled", "group", "g"};
            var source = app.context().getBean("polled-in-0", PollableMessageSource.class);
            redis.command("XADD", "polled", "*", "payload", "m");
            await().until(() -> source.poll(message -> {}));
            assertThat(counter(app, "handled", tags)).isEqualTo(1);
            assertThat(gauge(app, "last.poll.age", tags)).isBetween(0.0, 30.0);
        }
    }

    private static double counter(TestApplication app, String name, String... tags) {
        return app.bean(MeterRegistry.class)
                .get("spring.cloud.stream.redis." + name)
                .tags(tags)
                .counter()
                .count();
    }

    private static double gauge(TestApplication app, String name, String... tags) {
        return app.bean(MeterRegistry.class)
                .get("spring.cloud.stream.redis." + name)
                .tags(tags)
                .gauge()
                .value();
    }

    @Configuration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        SimpleMeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }
}
