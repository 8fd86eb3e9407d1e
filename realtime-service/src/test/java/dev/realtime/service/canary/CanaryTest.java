package dev.realtime.service.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.backplane.EventLatency;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Two instances on one Redis, whose canaries are sent ten times as often as usual. */
class CanaryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static TestRedis redis;
    private static TestService here;
    private static TestService there;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        here = start(redis);
        there = start(redis);
    }

    private static TestService start(TestRedis redis) {
        return TestService.start(
                redis,
                "realtime.canary.interval=300ms",
                "realtime.canary.lost-after=2s",
                // An event that somebody came or went would be counted.
                "realtime.presence.announce-to=");
    }

    @AfterAll
    static void stop() {
        there.close();
        here.close();
        redis.close();
    }

    @BeforeEach
    void allIsWell() {
        for (TestService service : new TestService[] {here, there}) {
            await().atMost(PATIENCE)
                    .until(() -> gauge(service, "realtime.canary.age") < 1
                            && problems(service).isEmpty()
                            && isReady(service));
        }
    }

    private static double gauge(TestService service, String name, String... tags) {
        return service.bean(MeterRegistry.class).get(name).tags(tags).gauge().value();
    }

    private static String problems(TestService service) {
        return String.join(" ", service.bean(CanaryWatch.class).problems());
    }

    private static boolean isReady(TestService service) {
        return service.bean(ApplicationAvailability.class).getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

    private static void reads(TestService service, State state) {
        service.bean(BindingsLifecycleController.class).changeState("events-in", state);
    }

    private static void awaitLost(TestService service, String stage) {
        await().atMost(PATIENCE).until(() -> problems(service).startsWith("canary_" + stage + ": "));
        assertThat(gauge(service, "realtime.canary.lost", "stage", stage)).isEqualTo(1);
        assertThat(service.get("/health").json().get("status").asString()).isEqualTo("degraded");
    }

    @Test
    void nobodyElseNoticesACanary() throws Exception {
        long events = here.bean(EventLatency.class).events();
        MeterRegistry meters = here.bean(MeterRegistry.class);
        double delivered = meters.get("realtime.fanout.deliveries").counter().count();
        double consumed = meters.get("realtime.backplane.consumed").counter().count();
        double rejected = meters.get("realtime.backplane.rejected").counter().count();
        StreamHistory history = here.bean(StreamHistory.class);
        String before = newest(history).id();
        try (Listener everybody = Listener.in(here, Room.EVERYONE)) {
            await().atMost(PATIENCE)
                    .until(() -> history.after(StreamHeaders.EVENTS_DESTINATION, before, Limits.of(20, 100_000))
                                    .entries()
                                    .size()
                            >= 10);
            assertThat(everybody.soFar()).isEmpty();
        }
        assertThat(here.bean(EventLatency.class).events()).isEqualTo(events);
        assertThat(meters.get("realtime.fanout.deliveries").counter().count()).isEqualTo(delivered);
        assertThat(meters.get("realtime.backplane.consumed").counter().count()).isEqualTo(consumed);
        assertThat(meters.get("realtime.backplane.rejected").counter().count()).isEqualTo(rejected);
        StreamHistory.Entry canary = newest(history);
        assertThat(canary.headers()).containsEntry(StreamHeaders.EVENT, StreamHeaders.CANARY);
        assertThat(canary.bytes()).as("bytes in the stream").isLessThan(200);
    }

    private static StreamHistory.Entry newest(StreamHistory history) {
        return history.before(StreamHeaders.EVENTS_DESTINATION, null, Limits.of(1, 100_000))
                .entries()
                .getFirst();
    }

    @Test
    void oneThatDoesNotReadLeavesTheBalancerAndComesBackByItself() {
        reads(here, State.PAUSED);
        try {
            awaitLost(here, "read");
            await().atMost(PATIENCE).until(() -> !isReady(here));
            // From memory at the front door, and from the back end.
            assertThat(here.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(here.get("/actuator/health/readiness", "Accept", "application/json, */*")
                            .status())
                    .isEqualTo(503);
            assertThat(isReady(there)).isTrue();
            assertThat(there.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(problems(there)).isEmpty();
            assertThat(here.bean(ApplicationAvailability.class).getLivenessState())
                    .isEqualTo(LivenessState.CORRECT);
        } finally {
            reads(here, State.RESUMED);
        }
        await().atMost(PATIENCE).until(() -> isReady(here) && problems(here).isEmpty());
    }

    @Test
    void instancesThatAreAllDeafStay() {
        reads(here, State.PAUSED);
        reads(there, State.PAUSED);
        try {
            awaitLost(here, "read");
            awaitLost(there, "read");
            await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> isReady(here) && isReady(there));
        } finally {
            reads(here, State.RESUMED);
            reads(there, State.RESUMED);
        }
    }

    @Test
    void aFanOutThatIsStuckIsNamed() {
        synchronized (here.bean(FanOut.class)) {
            awaitLost(here, "fan_out");
            await().atMost(PATIENCE).until(() -> !isReady(here));
        }
        await().atMost(PATIENCE).until(() -> isReady(here) && problems(here).isEmpty());
    }

    @Test
    void aRedisThatTakesNothingIsNamedByItsOwnWordsAndNobodyLeaves() {
        config("maxmemory", "1");
        try {
            awaitLost(here, "publish");
            assertThat(problems(here)).contains("OOM");
            awaitLost(there, "publish");
            assertThat(isReady(here)).isTrue();
            assertThat(isReady(there)).isTrue();
        } finally {
            config("maxmemory", "0");
        }
    }

    @Test
    void aRedisThatIsAwayIsNotNamedTwiceAndNobodyLeaves() {
        redis.freeze();
        try {
            await().atMost(PATIENCE).until(() -> gauge(here, "realtime.canary.age") > 6);
            assertThat(problems(here)).isEmpty();
            assertThat(isReady(here)).isTrue();
        } finally {
            redis.thaw();
        }
        await().atMost(PATIENCE).until(() -> gauge(here, "realtime.canary.age") < 1);
        assertThat(problems(here)).isEmpty();
    }

    private static void config(String name, String value) {
        try (var connection = here.bean(RedisConnectionFactory.class).getConnection()) {
            connection.serverCommands().setConfig(name, value);
        }
    }

    @Test
    void nonsenseIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CanaryProperties(Duration.ofMillis(1), Duration.ofSeconds(10)))
                .withMessageContaining("realtime.canary.interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CanaryProperties(Duration.ofSeconds(6), Duration.ofSeconds(10)))
                .withMessageContaining("realtime.canary.lost-after");
    }
}
