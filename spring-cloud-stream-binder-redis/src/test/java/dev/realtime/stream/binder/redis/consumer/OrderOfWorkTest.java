package dev.realtime.stream.binder.redis.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.SharedRedis;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.integration.StaticMessageHeaderAccessor;
import org.springframework.integration.acks.AcknowledgmentCallback;
import org.springframework.messaging.Message;

/** In which order a group's consumer hands over new, waiting and failed entries, and how often. */
class OrderOfWorkTest {

    private static final String[] GROUP = {
        "spring.cloud.stream.bindings.events-in-0.group=g",
        "spring.cloud.stream.redis.binder.block-timeout=300ms",
        "spring.cloud.stream.bindings.events-in-0.consumer.max-attempts=1",
        "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=500ms",
        "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-interval=200ms"
    };

    /** For tests that set a hook before the first entry is read. */
    private static final String NOT_STARTED = "spring.cloud.stream.bindings.events-in-0.consumer.auto-startup=false";

    @RegisterExtension
    static final SharedRedis redis = new SharedRedis();

    @Test
    void failingEntriesDoNotStarveNewOnes() {
        IntStream.range(0, 60).forEach(i -> redis.command("XADD", "events", "*", "payload", "bad"));
        try (var app = TestApplication.start(redis.port(), with(NOT_STARTED))) {
            AtomicInteger failures = new AtomicInteger();
            Map<String, Integer> failedBefore = new ConcurrentHashMap<>();
            app.inbox().hook = message -> {
                if (payload(message).equals("bad")) {
                    failures.incrementAndGet();
                    sleep(20);
                    throw new IllegalStateException("on purpose");
                }
                failedBefore.put(payload(message), failures.get());
            };
            start(app);
            await().until(() -> failures.get() > 70);
            for (int i = 0; i < 5; i++) {
                String good = "good" + i;
                app.send(good);
                int failed = failures.get();
                await().until(() -> app.payloads().contains(good));
                // Counted, not timed: far fewer than the sixty that fail again and again.
                assertThat(failedBefore.get(good) - failed).isLessThan(10);
            }
            int before = failures.get();
            await().until(() -> failures.get() > before + 60);
        }
    }

    @Test
    void entriesThatWaitBehindASlowOneAreHandledOnce() {
        String minIdle = "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=900ms";
        List<String> handled = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        try (var two = TestApplication.start(redis.port(), with(minIdle, NOT_STARTED));
                var one = TestApplication.start(redis.port(), with(minIdle))) {
            one.inbox().hook = message -> {
                begun.countDown();
                // The second begins just before the entries behind it would be kept for the first time.
                sleep(payload(message).equals("m1") ? 250 : payload(message).equals("m2") ? 800 : 0);
                handled.add(payload(message));
            };
            two.inbox().hook = message -> handled.add(payload(message));
            addTen();
            join(begun);
            start(two);
            await().until(() -> handled.containsAll(List.of("m1", "m10")));
            await().until(() -> pendingEntries() == 0);
            assertThat(handled).doesNotHaveDuplicates().hasSize(10);
        }
    }

    @Test
    void whatWaitsBehindAStuckOneGoesToOthersAndIsHandledOnce() {
        List<String> handled = new CopyOnWriteArrayList<>();
        CountDownLatch stuck = new CountDownLatch(1);
        try (var one = TestApplication.start(redis.port(), GROUP)) {
            one.inbox().hook = message -> {
                handled.add(payload(message));
                if (payload(message).equals("m1")) {
                    join(stuck);
                }
            };
            addTen();
            await().until(() -> handled.equals(List.of("m1")));
            try (var two = TestApplication.start(redis.port(), with(NOT_STARTED))) {
                two.inbox().hook = message -> {
                    if (!payload(message).equals("m1")) {
                        handled.add(payload(message));
                    }
                };
                start(two);
                await().until(() -> handled.size() == 10);
                stuck.countDown();
                await().until(() -> pendingEntries() == 0);
                assertThat(handled).doesNotHaveDuplicates().hasSize(10);
            }
        }
    }

    @Test
    void acknowledgingBeforeHandlingLosesNothingThatWasReadAhead() {
        String[] none = with("spring.cloud.stream.redis.bindings.events-in-0.consumer.ack-mode=none");
        IntStream.range(0, 150).forEach(i -> redis.command("XADD", "events", "*", "payload", "m" + i));
        List<String> handled = new ArrayList<>(stopAtTheFirst(message -> {}, none));
        assertThat(handled).hasSizeLessThan(150);
        try (var app = TestApplication.start(redis.port(), none)) {
            await().until(() -> handled.size() + app.received().size() >= 150);
            handled.addAll(app.payloads());
        }
        assertThat(handled).doesNotHaveDuplicates().hasSize(150);
        await().until(() -> pendingEntries() == 0);
    }

    @Test
    void whatIsInTheApplicationsHandsIsNotRepeatedByAReconnect() {
        try (var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(
                        proxy.port(),
                        with(
                                "spring.cloud.stream.redis.bindings.events-in-0.consumer.ack-mode=manual",
                                "spring.cloud.stream.redis.bindings.events-in-0.consumer.claim-min-idle=30s"))) {
            addTen();
            await().until(() -> app.received().size() == 10);
            proxy.cut();
            redis.command("XADD", "events", "*", "payload", "m11");
            await().until(() -> app.received().size() == 11);
            assertThat(app.payloads()).doesNotHaveDuplicates();
            for (Message<?> message : app.received()) {
                await().ignoreExceptions()
                        .untilAsserted(() -> StaticMessageHeaderAccessor.getAcknowledgmentCallback(message)
                                .acknowledge(AcknowledgmentCallback.Status.ACCEPT));
            }
            await().until(() -> pendingEntries() == 0);
        }
    }

    @Test
    void countsWhatWasHandedOverAndNotWhatWasRead() {
        addTen();
        stopAtTheFirst(
                message -> {
                    if (payload(message).equals("m1")) {
                        throw new IllegalStateException("on purpose");
                    }
                },
                GROUP);
        Map<String, Object> counts = new ConcurrentHashMap<>();
        try (var app = TestApplication.start(redis.port(), GROUP)) {
            await().until(() -> app.payloads().containsAll(List.of("m1", "m10")));
            app.received()
                    .forEach(it -> counts.put(payload(it), it.getHeaders().get(RedisBinderHeaders.DELIVERY_COUNT)));
        }
        // The first was handed over and failed; the others were read with it.
        assertThat(counts).containsEntry("m1", 2L).containsEntry("m9", 1L).containsEntry("m10", 1L);
    }

    @Test
    void withoutClaimsAConsumerRepeatsItsOwnEntriesOnly() {
        redis.command("XGROUP", "CREATE", "events", "g", "0", "MKSTREAM");
        redis.command("XADD", "events", "*", "payload", "anothers");
        redis.command("XREADGROUP", "GROUP", "g", "other", "STREAMS", "events", ">");
        try (var app = TestApplication.start(
                redis.port(),
                with(
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.enable-claims=false",
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.consumer-name=mine"))) {
            AtomicInteger attempts = new AtomicInteger();
            app.inbox().hook = message -> {
                if (attempts.incrementAndGet() < 4) {
                    throw new IllegalStateException("on purpose");
                }
            };
            app.send("own");
            await().until(() -> app.payloads().equals(List.of("own")));
            assertThat(app.received().getFirst().getHeaders()).containsEntry(RedisBinderHeaders.DELIVERY_COUNT, 4L);
            await().until(() -> pendingEntries() == 1);
        }
        assertThatThrownBy(() -> TestApplication.start(
                        redis.port(),
                        with(
                                "spring.cloud.stream.binding-retry-interval=0",
                                "spring.cloud.stream.redis.bindings.events-in-0.consumer.enable-claims=false")))
                .hasStackTraceContaining("enable-claims=false needs a consumer-name");
    }

    /** Handles entries until the application is stopped while it handles one, and returns what was handled. */
    private static List<String> stopAtTheFirst(Consumer<Message<byte[]>> handler, String[] properties) {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (var app = TestApplication.start(redis.port(), with(properties, NOT_STARTED))) {
            app.inbox().hook = message -> {
                inHand.countDown();
                join(release);
                handler.accept(message);
            };
            start(app);
            join(inHand);
            var lifecycle = app.bean(BindingsLifecycleController.class);
            Thread stopping = Thread.ofPlatform().start(() -> lifecycle.changeState("events-in-0", State.STOPPED));
            await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
            release.countDown();
            await().until(() -> !stopping.isAlive());
            return app.payloads();
        }
    }

    private static void start(TestApplication app) {
        app.bean(BindingsLifecycleController.class).changeState("events-in-0", State.STARTED);
    }

    private static void addTen() {
        redis.command("EVAL", "\"for i=1,10 do redis.call('XADD',KEYS[1],'*','payload','m'..i) end\"", "1", "events");
    }

    private static int pendingEntries() {
        return Integer.parseInt(
                redis.command("XPENDING", "events", "g").split("\r\n")[1].substring(1));
    }

    private static String payload(Message<byte[]> message) {
        return new String(message.getPayload());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] with(String... more) {
        return with(GROUP, more);
    }

    private static String[] with(String[] base, String... more) {
        return Stream.concat(Stream.of(base), Stream.of(more)).toArray(String[]::new);
    }
}
