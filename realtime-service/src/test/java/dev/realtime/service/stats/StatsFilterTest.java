package dev.realtime.service.stats;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import dev.realtime.socketio.engine.session.EngineSessions;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StatsFilterTest {

    private final TestService service = TestService.shared();
    private final List<Listener> listeners = new ArrayList<>();

    private Listener anna;
    private Listener boris;
    private Listener boss;
    private Listener program;

    @BeforeEach
    void peopleComeIn() {
        anna = connect(17, "operator", Room.user("17"), Room.OPERATORS, Room.city("Саратов"));
        boris = connect(18, "operator", Room.user("18"), Room.OPERATORS, Room.order("5"));
        boss = connect("boss", "director", Room.user("boss"), Room.DIRECTORS, Room.city("Вольск"));
        program = connect("program", null, Room.user("program"));
    }

    private Listener connect(Object id, String role, Room... rooms) {
        Listener listener =
                new Listener(service.rooms(), new Identity(id, role, null, null, List.of(), null), "websocket", rooms);
        listeners.add(listener);
        return listener;
    }

    @AfterEach
    void peopleLeave() {
        listeners.forEach(Listener::close);
    }

    private Answer stats(String query) {
        return service.get("/api/v1/stats/" + query, "X-Webhook-Token", WEBHOOK_TOKEN);
    }

    private List<String> sockets(String query) {
        Answer answer = stats("connections?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json()
                .at("/data/connections")
                .valueStream()
                .map(connection -> connection.get("socketId").asString())
                .toList();
    }

    private static List<String> ids(Listener... listeners) {
        return Stream.of(listeners).map(Listener::socketId).toList();
    }

    private List<String> rooms(String query) {
        Answer answer = stats("rooms?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json()
                .at("/data/rooms")
                .valueStream()
                .map(room -> room.get("room").asString() + "=" + room.get("members"))
                .toList();
    }

    private static String room(String name) {
        return "room=" + URLEncoder.encode(name, UTF_8);
    }

    private static void refused(Answer answer, String code, String path) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
        assertThat(answer.json().at("/errors/0/path").asString()).isEqualTo(path);
    }

    @Test
    void oneSocketByItsId() {
        assertThat(sockets("socket=" + boris.socketId())).isEqualTo(ids(boris));
        assertThat(sockets("socket=" + boris.socketId() + "&role=director")).isEmpty();
        assertThat(sockets("socket=" + boris.socketId().substring(1))).isEmpty();
        assertThat(sockets("socket=")).hasSize(4);
    }

    @Test
    void thoseInNoRoomOfAKind() {
        assertThat(sockets("without=city")).containsExactlyInAnyOrder(boris.socketId(), program.socketId());
        assertThat(sockets("without=city&role=operator")).isEqualTo(ids(boris));
        assertThat(sockets("without=operators")).containsExactlyInAnyOrder(boss.socketId(), program.socketId());
        assertThat(sockets("without=operator")).hasSize(4);
        assertThat(sockets("without=role")).isEqualTo(ids(program));
        assertThat(sockets("without=everyone")).isEmpty();
        assertThat(sockets("without=")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"town", "City", "city:", "CITY", "city,order"})
    void aKindThatIsNoneIsRefused(String kind) {
        refused(stats("connections?without=" + kind), "validation_failed", "without");
        refused(stats("rooms?kind=" + kind), "validation_failed", "kind");
    }

    @Test
    void roomsOfAKind() {
        assertThat(rooms("kind=city&sort=room")).containsExactly("city:Вольск=1", "city:Саратов=1");
        assertThat(rooms("kind=city&text=" + URLEncoder.encode("вол", UTF_8))).containsExactly("city:Вольск=1");
        assertThat(rooms("kind=operators")).containsExactly("operators=2");
        assertThat(rooms("kind=operator")).isEmpty();
        assertThat(rooms("kind=everyone")).as("no list shows it").isEmpty();
        assertThat(rooms("kind=")).hasSize(9);
    }

    @Test
    void exactlyTheRoomsThatAreNamed() {
        String named =
                String.join("&", room("city:Энгельс"), room("operators"), room("city:Вольск"), room("operators"));
        JsonNode data = stats("rooms?" + named).json().get("data");
        assertThat(rooms(named)).containsExactly("city:Вольск=1", "city:Энгельс=0", "operators=2");
        assertThat(data.get("total").asInt()).isEqualTo(9);
        assertThat(data.at("/page/matching").asInt()).isEqualTo(3);
        assertThat(rooms(named + "&kind=city&sort=-members")).containsExactly("city:Вольск=1", "city:Энгельс=0");
        assertThat(rooms(named + "&page=1&size=2")).containsExactly("operators=2");
        assertThat(rooms(room("everyone") + "&" + room("role:operator") + "&" + room("role:nobody")))
                .containsExactly("everyone=4", "role:nobody=0", "role:operator=2");
        assertThat(rooms("room=")).hasSize(9);
    }

    @ParameterizedTest
    @CsvSource({"town:Вольск,room_unknown", "city:,room_invalid", "operators:1,room_unknown"})
    void aRoomThatIsNoneIsRefusedWithItsOwnCode(String name, String code) {
        refused(stats("rooms?" + room("operators") + "&" + room(name)), code, "room");
    }

    @Test
    void aHundredRoomsAndNoMore() {
        String hundred =
                IntStream.range(0, 100).mapToObj(n -> room("order:" + n)).collect(Collectors.joining("&"));
        assertThat(rooms(hundred)).hasSize(100).contains("order:5=1", "order:6=0");
        refused(stats("rooms?" + hundred + "&" + room("order:100")), "validation_failed", "room");
    }

    @Test
    void whoMaySeeTotalsOnlyIsNotJudgedByTheRest() {
        for (String path : new String[] {"rooms?kind=town&room=x&room=y", "connections?without=town"}) {
            assertThat(service.get("/api/v1/stats/" + path).status()).isEqualTo(200);
        }
    }

    @Test
    void theLongestQueueFirst() {
        boss.queue(300_000);
        anna.queue(3_999_999);
        boris.queue(63_000);
        // As a session's own queue does.
        service.bean(EngineSessions.class).backlogs().onChange(0, 3_999_999);
        // Not the order alone: before the queues are told all are alike, and any order may come.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(longestQueuesFirst()).containsExactly(2_000_000L, 256_000L, -1L, -1L));
        assertThat(sockets("sort=-queue")).startsWith(anna.socketId(), boss.socketId());
        assertThat(sockets("sort=queue")).endsWith(boss.socketId(), anna.socketId());
    }

    private List<Long> longestQueuesFirst() {
        return stats("connections?sort=-queue")
                .json()
                .at("/data/connections")
                .valueStream()
                .map(connection -> connection.path("queue").asLong(-1))
                .toList();
    }
}
