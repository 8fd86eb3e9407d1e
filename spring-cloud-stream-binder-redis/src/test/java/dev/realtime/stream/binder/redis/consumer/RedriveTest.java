package dev.realtime.stream.binder.redis.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.DeadLetterAlarmEvent;
import dev.realtime.stream.binder.redis.DeadLetterHeaders;
import dev.realtime.stream.binder.redis.DeadLetterRedrive;
import dev.realtime.stream.binder.redis.DeadLetterRedrive.Progress;
import dev.realtime.stream.binder.redis.DeadLetterRedrive.Request;
import dev.realtime.stream.binder.redis.support.SharedRedis;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.convert.ConversionServiceParameterValueMapper;
import org.springframework.boot.actuate.endpoint.invoke.reflect.OperationMethod;
import org.springframework.boot.actuate.endpoint.invoke.reflect.ReflectiveOperationInvoker;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Dead letters are told of, and put back. */
class RedriveTest {

    private static final String DLQ = "events.g.dlq";

    @RegisterExtension
    static final SharedRedis redis = new SharedRedis();

    @Test
    void putsDeadLettersBackForTheGroupThatFailed() {
        try (var app = TestApplication.start(redis.port(), group("g"));
                var other = TestApplication.start(redis.port(), group("other"));
                var anonymous = TestApplication.start(redis.port())) {
            String first = fail(app, 5);
            Progress progress = app.bean(DeadLetterRedrive.class).redrive(DLQ, Request.oldest(100));
            assertThat(progress.redriven()).isEqualTo(5);
            assertThat(progress.done()).isTrue();
            await().until(() -> app.payloads().equals(List.of("m0", "m1", "m2", "m3", "m4")));
            assertThat(app.received().getFirst().getHeaders())
                    .containsEntry("mine", "kept")
                    .containsEntry(DeadLetterHeaders.ORIGINAL_STREAM, "events")
                    .containsEntry(DeadLetterHeaders.ORIGINAL_ID, first)
                    .containsEntry(DeadLetterHeaders.REDRIVE_COUNT, 1)
                    .doesNotContainKey(DeadLetterHeaders.EXCEPTION_MESSAGE);
            assertThat(redis.payloads(DLQ)).isEmpty();
            app.send("last");
            await().until(() ->
                    other.payloads().contains("last") && anonymous.payloads().contains("last"));
            assertThat(other.payloads()).doesNotHaveDuplicates();
            assertThat(anonymous.payloads()).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatFailsAgainKeepsItsFirstIdAndDoesNotGoInCircles() {
        try (var app = TestApplication.start(redis.port(), group("g"))) {
            String first = fail(app, 3);
            app.inbox().hook = message -> {
                throw new IllegalStateException("again");
            };
            List<Progress> told = new ArrayList<>();
            Progress progress =
                    app.bean(DeadLetterRedrive.class).redrive(DLQ, new Request(100, null, letter -> true, told::add));
            assertThat(progress.redriven()).isEqualTo(3);
            assertThat(told).extracting(Progress::redriven).containsExactly(1L, 2L, 3L);
            await().until(() -> redis.payloads(DLQ).equals(List.of("m0", "m1", "m2")));
            assertThat(redis.command("XRANGE", DLQ, "-", "+", "COUNT", "1"))
                    .contains("\"" + DeadLetterHeaders.ORIGINAL_ID + "\":\"" + first + "\"", "again");
        }
    }

    @Test
    void aCallIsBoundedAndCanBeRepeatedAfterItWasInterrupted() {
        try (var app = TestApplication.start(redis.port(), group("g"))) {
            fail(app, 5);
            var redrive = app.bean(DeadLetterRedrive.class);
            Progress two = redrive.redrive(DLQ, Request.oldest(2));
            assertThat(two.redriven()).isEqualTo(2);
            assertThat(two.done()).isFalse();

            // Put back, but not removed: as after a crash, or a failure of Redis, in between.
            redis.command("ACL", "SETUSER", "default", "-xdel");
            assertThatThrownBy(() -> redrive.redrive(DLQ, Request.oldest(100))).hasStackTraceContaining("NOPERM");
            redis.command("ACL", "SETUSER", "default", "+xdel");
            assertThat(redrive.length(DLQ)).isEqualTo(3);

            assertThat(redrive.redrive(DLQ, Request.oldest(100)).redriven()).isEqualTo(3);
            assertThat(redrive.length(DLQ)).isZero();
            app.send("last");
            await().until(() -> app.payloads().equals(List.of("m0", "m1", "m2", "m3", "m4", "last")));
        }
    }

    @Test
    void leavesWhatIsNotSelected() {
        try (var app = TestApplication.start(redis.port(), group("g"))) {
            fail(app, 3);
            redis.command("XADD", DLQ, "*", "payload", "of-unknown-origin");
            Progress progress = app.bean(DeadLetterRedrive.class)
                    .redrive(
                            DLQ, new Request(100, null, letter -> new String(letter.payload()).equals("m1"), it -> {}));
            assertThat(progress.redriven()).isEqualTo(1);
            assertThat(progress.skipped()).isEqualTo(3);
            assertThat(redis.payloads(DLQ)).containsExactly("m0", "m2", "of-unknown-origin");
            await().until(() -> app.payloads().equals(List.of("m1")));
        }
    }

    @Test
    void theAlarmIsRaisedOnceAndNothingIsTrimmed() {
        try (var app = TestApplication.start(
                List.of(Alarms.class),
                redis.port(),
                group("g", "spring.cloud.stream.redis.bindings.events-in-0.consumer.dlq-alarm-length=3"))) {
            List<DeadLetterAlarmEvent> alarms = app.bean(Alarms.class).seen;
            fail(app, 2);
            assertThat(alarms).isEmpty();
            fail(app, 5);
            assertThat(alarms).containsExactly(new DeadLetterAlarmEvent(DLQ, "events", "g", 3, 3));
            assertThat(redis.payloads(DLQ)).hasSize(7);
            var binders = app.context().getBean("bindersHealthContributor", CompositeHealthContributor.class);
            var health = (HealthIndicator) binders.getContributor("redis");
            assertThat(health.health().getDetails().get("deadLetters"))
                    .asString()
                    .contains("stream=" + DLQ, "alarm=true");
        }
    }

    @Test
    void theActuatorPutsDeadLettersBack() {
        try (var app = TestApplication.start(
                redis.port(), group("g", "management.endpoints.web.exposure.include=redisdeadletters"))) {
            fail(app, 3);
            Map<String, Object> all = Map.of("destination", DLQ);
            assertThat(invoke(app, "length", all)).asString().contains("length=3");
            assertThat(invoke(app, "redrive", Map.of("destination", DLQ, "limit", 2)))
                    .isInstanceOfSatisfying(
                            Progress.class, it -> assertThat(it.redriven()).isEqualTo(2));
            assertThat(invoke(app, "redrive", all))
                    .isInstanceOfSatisfying(
                            Progress.class, it -> assertThat(it.done()).isTrue());
            await().until(() -> app.payloads().equals(List.of("m0", "m1", "m2")));
        }
    }

    private static Object invoke(TestApplication app, String operation, Map<String, Object> arguments) {
        Object endpoint = app.context().getBean("redisDeadLettersEndpoint");
        var method = Stream.of(endpoint.getClass().getDeclaredMethods())
                .filter(it -> it.getName().equals(operation))
                .findFirst()
                .orElseThrow();
        return new ReflectiveOperationInvoker(
                        endpoint,
                        new OperationMethod(method, OperationType.WRITE),
                        new ConversionServiceParameterValueMapper())
                .invoke(new InvocationContext(SecurityContext.NONE, arguments));
    }

    /** Sends messages that become dead letters; returns the id of the first. From then on, messages are handled. */
    private static String fail(TestApplication app, int count) {
        int before = redis.payloads(DLQ).size();
        app.inbox().hook = message -> {
            throw new IllegalStateException("on purpose");
        };
        List<String> ids = IntStream.range(0, count)
                .mapToObj(i ->
                        app.send(("m" + i).getBytes(), Map.of("mine", "kept")).id())
                .toList();
        await().until(() -> redis.payloads(DLQ).size() == before + count);
        await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
        app.inbox().hook = message -> {};
        return ids.getFirst();
    }

    private static String[] group(String name, String... more) {
        return Stream.concat(
                        Stream.of(
                                "spring.cloud.stream.bindings.events-in-0.group=" + name,
                                "spring.cloud.stream.redis.binder.block-timeout=300ms",
                                "spring.cloud.stream.bindings.events-in-0.consumer.max-attempts=1",
                                "spring.cloud.stream.redis.bindings.events-in-0.consumer.enable-dlq=true"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Configuration(proxyBeanMethods = false)
    static class Alarms {

        final List<DeadLetterAlarmEvent> seen = new CopyOnWriteArrayList<>();

        @EventListener
        void on(DeadLetterAlarmEvent event) {
            seen.add(event);
        }
    }
}
