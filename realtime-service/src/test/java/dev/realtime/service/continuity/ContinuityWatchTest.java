package dev.realtime.service.continuity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.data.redis.core.StringRedisTemplate;

class ContinuityWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static TestRedis redis;
    private static TestService service;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        service = TestService.start(redis, "realtime.continuity.close-within=200ms");
    }

    @AfterAll
    static void stop() {
        service.close();
        redis.close();
    }

    /** A client's end of a WebSocket: what came, and whether it is over. */
    private static final class Page implements WebSocket.Listener {

        private final List<String> packets = new CopyOnWriteArrayList<>();
        private volatile boolean closed;

        static Page open() {
            Page page = new Page();
            URI uri = URI.create("ws"
                    + service.uri("/socket.io/?EIO=4&transport=websocket")
                            .toString()
                            .substring(4));
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(uri, page)
                    .join();
            socket.sendText("40{\"token\":\"" + TestService.jwt(17, "operator") + "\"}", true)
                    .join();
            await().atMost(PATIENCE).until(() -> page.has("42[\"connected\""));
            return page;
        }

        boolean has(String text) {
            return packets.stream().anyMatch(packet -> packet.contains(text));
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            packets.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed = true;
            return null;
        }
    }

    private static double told(String kind) {
        return service.bean(MeterRegistry.class)
                .counter("realtime.backplane.discontinuities", "kind", kind)
                .count();
    }

    private static void post() {
        assertThat(service.broadcast(
                                "notification",
                                "{\"token\":\"" + TestService.WEBHOOK_TOKEN
                                        + "\",\"notification\":{\"message\":\"m\"}}")
                        .status())
                .isEqualTo(200);
    }

    private static void assertTold(Page page, String kind, String words) {
        await().atMost(PATIENCE).until(() -> page.closed);
        assertThat(page.packets.getLast())
                .startsWith("42[\"error\"")
                .contains("\"code\":\"continuity_lost\"", "\"reconnect\":true");
        assertThat(told(kind)).isPositive();
        var health = service.get("/health").json();
        assertThat(health.get("status").asString()).isEqualTo("degraded");
        assertThat(health.get("problems").toString()).contains("continuity_lost: ", words);
        // Whoever comes after has missed nothing.
        Page fresh = Page.open();
        post();
        await().atMost(PATIENCE).until(() -> fresh.has("42[\"notification\""));
        assertThat(fresh.closed).isFalse();
    }

    @Test
    void eventsThatWereTrimmedBeforeTheyWereReadAreTold() {
        Page page = Page.open();
        post();
        await().atMost(PATIENCE).until(() -> page.has("42[\"notification\""));
        var bindings = service.bean(BindingsLifecycleController.class);
        bindings.changeState("events-in", State.PAUSED);
        StringRedisTemplate template = service.bean(StringRedisTemplate.class);
        for (int n = 0; n < 20; n++) {
            post();
        }
        template.opsForStream().trim("events", 1);
        bindings.changeState("events-in", State.RESUMED);
        assertTold(page, "gap", "were trimmed from the stream before this instance read them");
    }

    @Test
    void nothingIsDeliveredBeyondAGapToThoseWhoHaveIt() throws Exception {
        Epoch epoch = service.bean(Epoch.class);
        String before = epoch.text();
        FanOut fanOut = service.bean(FanOut.class);
        var bindings = service.bean(BindingsLifecycleController.class);
        try (Listener here = Listener.positioned(service.rooms(), Room.OPERATORS)) {
            post();
            here.next();
            bindings.changeState("events-in", State.PAUSED);
            for (int n = 0; n < 20; n++) {
                post();
            }
            // More than one is left, so that what comes after the gap is an event, and one more.
            service.bean(StringRedisTemplate.class).opsForStream().trim("events", 3);
            var kept = service.bean(StreamHistory.class).edges("events");
            StreamId last = StreamId.parse(kept.last());
            double gaps = told("gap");
            // The reader looks for gaps before it reads, but once a second at most.
            var reader = service.bean(StreamSubscriptions.class).of("events-in").getFirst();
            await().atMost(PATIENCE).until(() -> reader.sinceLastPoll().toMillis() > 1_200);
            bindings.changeState("events-in", State.RESUMED);
            await().atMost(PATIENCE)
                    .until(() -> told("gap") > gaps && fanOut.position().compareTo(last) >= 0);
            post();
            try (Listener fresh = Listener.positioned(service.rooms(), Room.OPERATORS)) {
                post();
                fresh.next();
            }
            StreamId beyond = StreamId.parse(String.valueOf(kept.first()));
            // What the reader had asked for when it was paused has come, from before the gap.
            for (String packet : here.soFar()) {
                String position = packet.substring(packet.lastIndexOf(",\"") + 2, packet.length() - 2);
                assertThat(Position.parse(position).id())
                        .as("nothing that would hide the gap")
                        .isLessThan(beyond);
            }
        }
        assertThat(epoch.text()).as("the stream is the same").isEqualTo(before);
    }

    @Test
    void anEpochThatAnotherInstanceHasBegunEndsTheSocketsHereToo() {
        Page page = Page.open();
        String before = service.bean(Epoch.class).text();
        service.bean(StringRedisTemplate.class).opsForValue().set("realtime:{epoch}", "other0");
        assertTold(page, "epoch", "as another instance or a missing key shows");
        assertThat(service.bean(Epoch.class).text()).isEqualTo("other0").isNotEqualTo(before);
    }

    @Test
    void aRedisThatLostItsDataIsTold() {
        Page page = Page.open();
        post();
        await().atMost(PATIENCE).until(() -> page.has("42[\"notification\""));
        // A change that another test made in Redis would be taken for this loss.
        service.bean(Epoch.class).renew("of another test");
        String before = service.bean(Epoch.class).text();
        service.bean(StringRedisTemplate.class).delete("events");
        assertTold(page, "rollback", "Redis lost its data or went back to an older state");
        assertThat(service.bean(Epoch.class).text()).isNotEqualTo(before);
    }

    @Test
    void aRedisThatComesBackWithItsDataIsNot() {
        Page page = Page.open();
        post();
        await().atMost(PATIENCE).until(() -> page.has("42[\"notification\""));
        double before = told("gap") + told("rollback");
        redis.stop();
        var reader = service.bean(StreamSubscriptions.class).of("events-in").getFirst();
        await().atMost(PATIENCE).until(() -> !reader.isConnected());
        redis.start();
        await().atMost(PATIENCE)
                .until(() -> service.broadcast(
                                        "notification",
                                        "{\"token\":\"" + TestService.WEBHOOK_TOKEN
                                                + "\",\"notification\":{\"message\":\"after\"}}")
                                .status()
                        == 200);
        await().atMost(PATIENCE).until(() -> page.has("after"));
        assertThat(told("gap") + told("rollback")).isEqualTo(before);
        assertThat(page.closed).isFalse();
    }

    @Test
    void nonsenseIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContinuityProperties(Duration.ofHours(1), Duration.ofMinutes(1)))
                .withMessageContaining("realtime.continuity.close-within");
    }
}
