package dev.realtime.service.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.service.recovery.MissedEvents.Standing;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Two whole instances on one Redis; the second one starts when the first has delivered events already. */
class TwoInstancesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestRedis redis;
    private static TestService here;
    private static TestService there;
    private static StreamId start;

    @BeforeAll
    static void start() throws Exception {
        redis = TestRedis.started();
        here = TestService.start(redis, "realtime.recovery.window=10s");
        start = here.bean(FanOut.class).position();
        try (Listener listener = Listener.positioned(here.rooms(), Room.OPERATORS)) {
            post(here);
            listener.next();
            // The first record of the stream may be the ring's floor.
            post(here);
            listener.next();
        }
        there = TestService.start(redis, "realtime.recovery.window=10s");
    }

    @AfterAll
    static void stop() {
        there.close();
        here.close();
        redis.close();
    }

    private static void post(TestService service) {
        assertThat(service.broadcast(
                                "notification",
                                "{\"token\":\"" + TestService.WEBHOOK_TOKEN
                                        + "\",\"notification\":{\"message\":\"m\"}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theLaterOneKnowsFromMemoryWhatWasBeforeItBegan() {
        assertThat(there.bean(Epoch.class).text())
                .isEqualTo(here.bean(Epoch.class).text());
        StreamId floor = there.bean(EventRing.class).floor();
        assertThat(floor).isNotNull();
        var page = there.bean(MissedEvents.class).after(floor);
        assertThat(page.fromRing()).isTrue();
        assertThat(page.events()).extracting(event -> event.name()).contains("notification");
        StreamId event = page.events().getFirst().id();
        assertThat(event).isGreaterThan(start);
        assertThat(there.bean(MissedEvents.class)
                        .judge(new Position(here.bean(Epoch.class).text(), event)))
                .isEqualTo(Standing.HELD);
        MeterRegistry meters = there.bean(MeterRegistry.class);
        assertThat(meters.get("realtime.recovery.ring.bytes").gauge().value()).isPositive();
        assertThat(meters.get("realtime.recovery.ring.age").gauge().value()).isNotNegative();
    }

    @Test
    void aQuietSocketIsToldThePositionAgainAndAgain() throws Exception {
        try (Listener quiet = Listener.positioned(here.rooms(), Room.city("Пермь"))) {
            String first = quiet.next();
            assertThat(first)
                    .startsWith("42[\"position\",\"" + here.bean(Epoch.class).text() + "-");
            assertThat(quiet.next()).startsWith("42[\"position\",").isNotEqualTo(first);
        }
    }

    @Test
    void nothingIsTrimmedThatMayBeAskedFor() {
        assertThat(here.bean(Environment.class).getProperty(KeptEvents.MIN_AGE)).isEqualTo("PT27.5S");
    }

    @Test
    void aRedisThatLostEventsBeginsOneNewEpochForBoth() throws Exception {
        String before = here.bean(Epoch.class).text();
        StreamId known = here.bean(FanOut.class).position();
        here.bean(StringRedisTemplate.class).delete("events");
        await().atMost(PATIENCE)
                .until(() -> !here.bean(Epoch.class).text().equals(before)
                        && here.bean(Epoch.class)
                                .text()
                                .equals(there.bean(Epoch.class).text()));
        assertThat(here.bean(MissedEvents.class).judge(new Position(before, known)))
                .isEqualTo(Standing.OTHER_EPOCH);
        try (Listener fresh = Listener.positioned(there.rooms(), Room.OPERATORS)) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                post(here);
                assertThat(fresh.soFar())
                        .anyMatch(packet -> packet.contains("\"notification\"")
                                && packet.contains(
                                        ",\"" + there.bean(Epoch.class).text() + "-"));
            });
        }
        assertThat(here.bean(Epoch.class).text())
                .isEqualTo(there.bean(Epoch.class).text());
    }
}
