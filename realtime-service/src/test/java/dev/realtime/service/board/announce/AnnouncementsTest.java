package dev.realtime.service.board.announce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two whole instances on one Redis tell what is on the board. */
class AnnouncementsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** No listener is there, so that listeners only hear what is told. */
    private static final String ELSEWHERE = ",\"rooms\":[\"city:Пермь\"]}";

    private static final String[] PROPERTIES = {
        "realtime.board.unanswered-after=2s",
        "realtime.board.unanswered-steps[0].after=4s",
        "realtime.board.unanswered-steps[0].rooms=operators"
    };

    private static TestRedis redis;
    private static TestService here;
    private static TestService there;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        here = TestService.start(redis, PROPERTIES);
        there = TestService.start(redis, PROPERTIES);
    }

    @AfterAll
    static void stop() {
        there.close();
        here.close();
        redis.close();
    }

    /** Posts an event of a call, and returns its id in the stream. */
    private static StreamId post(String event, String call) {
        Answer answer =
                here.broadcast(event, "{\"token\":\"" + TestService.WEBHOOK_TOKEN + "\",\"call\":" + call + ELSEWHERE);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return StreamId.parse(answer.json().get("id").asString());
    }

    private static StreamId ring(String id) {
        return post("call-new", "{\"id\":\"" + id + "\",\"status\":\"ringing\"}");
    }

    /** The payloads of an event's packets that contain a text, in the order in which they came. */
    private static List<JsonNode> heard(Listener listener, BroadcastEvent event, String containing) {
        List<JsonNode> heard = new ArrayList<>();
        for (String packet : listener.soFar()) {
            if (packet.startsWith("42[\"" + event.wireName() + "\"") && packet.contains(containing)) {
                heard.add(JSON.readTree(packet.substring(2)).get(1));
            }
        }
        return heard;
    }

    private static void awaitTold(Listener listener, String call) {
        await().atMost(PATIENCE)
                .until(() -> !heard(listener, BroadcastEvent.CALL_UNANSWERED, "\"" + call + "\"")
                        .isEmpty());
    }

    @Test
    void eachStepIsToldOnceAndNotAgainByAnInstanceThatStartsLater() {
        try (Listener boss = Listener.in(here, Room.DIRECTORS);
                Listener otherBoss = Listener.in(there, Room.DIRECTORS);
                Listener operator = Listener.in(there, Room.OPERATORS)) {
            StreamId came = ring("waits");
            ring("answered");
            post("call-updated", "{\"id\":\"answered\",\"status\":\"answered\"}");
            awaitTold(operator, "waits");
            awaitTold(otherBoss, "waits");
            JsonNode told =
                    heard(boss, BroadcastEvent.CALL_UNANSWERED, "\"waits\"").getFirst();
            assertThat(told.get("seconds").asInt()).isEqualTo(2);
            assertThat(told.get("step").asInt()).isEqualTo(1);
            assertThat(Instant.parse(told.at("/call/since").asString()).toEpochMilli())
                    .isEqualTo(came.millis());
            assertThat(heard(operator, BroadcastEvent.CALL_UNANSWERED, "\"waits\"")
                            .getFirst()
                            .get("step")
                            .asInt())
                    .isEqualTo(2);

            // What the later one knows, it knows from the stream.
            StringRedisTemplate template = here.bean(StringRedisTemplate.class);
            Set<String> keys = template.keys("*idempotence*");
            assertThat(keys).isNotEmpty();
            template.delete(keys);
            try (TestService later = TestService.start(redis, PROPERTIES)) {
                ring("marker");
                awaitTold(operator, "marker");
                for (Listener each : List.of(boss, otherBoss, operator)) {
                    assertThat(heard(each, BroadcastEvent.CALL_UNANSWERED, "\"waits\""))
                            .hasSize(1);
                    assertThat(heard(each, BroadcastEvent.CALL_UNANSWERED, "\"answered\""))
                            .isEmpty();
                }
                assertThat(count(here) + count(there) + count(later))
                        .as("two steps of two calls")
                        .isEqualTo(4);
            }
        }
    }

    private static double count(TestService service) {
        return service.bean(MeterRegistry.class)
                .get("realtime.board.announced")
                .tag("event", "call:unanswered")
                .counter()
                .count();
    }

    private static StreamId presence(BroadcastEvent event) {
        byte[] payload = "{\"userId\":17,\"name\":\"Nina\",\"role\":\"operator\"}".getBytes(UTF_8);
        return StreamId.parse(here.bean(EventPublisher.class)
                .publish(new OutgoingEvent(event, List.of(Room.city("Пермь")), payload, null))
                .id());
    }

    /** Waits for this many statuses, and returns the last. */
    private static JsonNode status(Listener boss, int number) {
        await().atMost(PATIENCE)
                .until(() -> heard(boss, BroadcastEvent.USER_STATUS, "").size() >= number);
        List<JsonNode> all = heard(boss, BroadcastEvent.USER_STATUS, "");
        assertThat(all).hasSize(number);
        return all.getLast();
    }

    private static void is(JsonNode told, String status, StreamId since) {
        assertThat(told.toString())
                .isEqualTo("{\"userId\":17,\"name\":\"Nina\",\"status\":\"" + status + "\",\"since\":\""
                        + Instant.ofEpochMilli(since.millis()) + "\"}");
    }

    @Test
    void whatAnOperatorDoesIsToldWithTheTimeOfTheChange() {
        try (Listener boss = Listener.in(here, Room.DIRECTORS);
                Listener otherBoss = Listener.in(there, Room.DIRECTORS)) {
            StreamId change = presence(BroadcastEvent.USER_ONLINE);
            is(status(boss, 1), "free", change);
            change = post("call-new", "{\"id\":\"theirs\",\"status\":\"ringing\",\"operatorId\":17}");
            is(status(boss, 2), "ringing", change);
            change = post("call-updated", "{\"id\":\"theirs\",\"status\":\"answered\"}");
            is(status(boss, 3), "talking", change);
            change = post("call-ended", "{\"id\":\"theirs\"}");
            is(status(boss, 4), "free", change);
            change = presence(BroadcastEvent.USER_OFFLINE);
            is(status(boss, 5), "offline", change);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard(otherBoss, BroadcastEvent.USER_STATUS, ""))
                            .isEqualTo(heard(boss, BroadcastEvent.USER_STATUS, "")));
        }
    }
}
