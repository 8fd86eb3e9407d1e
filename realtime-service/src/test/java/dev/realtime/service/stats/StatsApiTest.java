package dev.realtime.service.stats;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static dev.realtime.service.rest.TestService.jwt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class StatsApiTest {

    private static final BigInteger HUGE = new BigInteger("123456789012345678901234567890");

    private final TestService service = TestService.shared();
    private final List<Listener> listeners = new ArrayList<>();

    @BeforeEach
    void peopleComeIn() {
        connect(17, "operator", "Анна", "websocket", Room.user("17"), Room.OPERATORS, Room.operator("17"));
        connect(17, "operator", "Анна", "polling", Room.user("17"), Room.OPERATORS, Room.operator("17"));
        connect("boss", "director", "Пётр", "websocket", Room.user("boss"), Room.DIRECTORS, Room.city("Саратов"));
        connect(HUGE, null, null, "websocket", Room.user(HUGE.toString()));
    }

    private void connect(Object id, String role, String name, String transport, Room... rooms) {
        listeners.add(
                new Listener(service.rooms(), new Identity(id, role, name, null, List.of(), null), transport, rooms));
    }

    @AfterEach
    void peopleLeave() {
        listeners.forEach(Listener::close);
    }

    @Test
    void anybodyGetsTotalsAndNobodysName() {
        assertThat(service.get("/api/v1/stats/connections?page=x").text())
                .isEqualTo("{\"success\":true,\"data\":{\"total\":4,\"users\":3,"
                        + "\"byRole\":{\"director\":1,\"none\":1,\"operator\":2},"
                        + "\"byTransport\":{\"polling\":1,\"websocket\":3},"
                        + "\"byInstance\":{\"" + instance() + "\":4}}}");
        assertThat(service.get("/api/v1/stats/rooms").text()).isEqualTo("{\"success\":true,\"data\":{\"total\":7}}");
    }

    static Stream<List<String>> whoMayKnow() {
        return Stream.of(
                List.of("Authorization", "Bearer " + WEBHOOK_TOKEN),
                List.of("X-Webhook-Token", WEBHOOK_TOKEN),
                List.of("Authorization", "Bearer " + jwt("boss", "director")),
                List.of("Authorization", "Bearer " + jwt(1, "admin")),
                List.of("X-Webhook-Token", WEBHOOK_TOKEN, "Authorization", "Bearer " + jwt(17, "operator")));
    }

    @ParameterizedTest
    @MethodSource("whoMayKnow")
    void servicesDirectorsAndAdminsSeeWhoIsThere(List<String> shown) {
        String[] headers = shown.toArray(String[]::new);
        Answer connections = service.get("/api/v1/stats/connections", headers);
        assertThat(connections.status()).as(connections.toString()).isEqualTo(200);
        assertThat(connections.json().at("/data/total").asInt()).isEqualTo(4);
        assertThat(connections.json().at("/data/connections").valueStream().map(StatsApiTest::withoutTime))
                .containsExactlyInAnyOrder(
                        connection(
                                "17",
                                "\"name\":\"Анна\",\"role\":\"operator\",",
                                0,
                                "user:17",
                                "operators",
                                "operator:17"),
                        connection(
                                "17",
                                "\"name\":\"Анна\",\"role\":\"operator\",",
                                1,
                                "user:17",
                                "operators",
                                "operator:17"),
                        connection(
                                "\"boss\"",
                                "\"name\":\"Пётр\",\"role\":\"director\",",
                                2,
                                "user:boss",
                                "directors",
                                "city:Саратов"),
                        connection(HUGE.toString(), "", 3, "user:" + HUGE));

        Answer rooms = service.get("/api/v1/stats/rooms", headers);
        assertThat(rooms.json().at("/data/total").asInt()).isEqualTo(7);
        assertThat(rooms.json().at("/data/rooms").valueStream().map(Object::toString))
                .contains("{\"room\":\"operators\",\"members\":2}", "{\"room\":\"city:Саратов\",\"members\":1}")
                .noneMatch(room -> room.contains("everyone"))
                .hasSize(7);
    }

    private static String withoutTime(JsonNode connection) {
        assertThat(Instant.parse(connection.get("connectedAt").asString())).isBefore(Instant.now());
        return connection.toString().replaceFirst(",\"connectedAt\":\"[^\"]+\"", "");
    }

    private String connection(String id, String nameAndRole, int listener, String... rooms) {
        return "{\"userId\":" + id + "," + nameAndRole + "\"socketId\":\""
                + listeners.get(listener).socketId() + "\",\"rooms\":[\"" + String.join("\",\"", rooms)
                + "\"],\"instance\":\"" + instance() + "\",\"transport\":\""
                + listeners.get(listener).transport() + "\",\"address\":\"127.0.0.1\",\"protocol\":4}";
    }

    private String instance() {
        return service.bean(InstanceName.class).value();
    }

    @Test
    void anotherRolesTokenIsAsGoodAsNone() {
        for (String role : new String[] {"operator", "webhook", "role:admin", "ADMIN", "Director"}) {
            String bearer = "Bearer " + jwt(17, role);
            assertThat(service.get("/api/v1/stats/connections", "Authorization", bearer)
                            .text())
                    .isEqualTo(service.get("/api/v1/stats/connections").text());
            assertThat(service.get("/api/v1/stats/rooms", "Authorization", bearer)
                            .text())
                    .isEqualTo(service.get("/api/v1/stats/rooms").text());
        }
    }

    static Stream<String[]> badTokens() {
        return Stream.of(
                new String[] {"Authorization", "Bearer nonsense", "token_invalid"},
                new String[] {"Authorization", "Bearer", "token_invalid"},
                new String[] {"Authorization", "Basic " + WEBHOOK_TOKEN, "token_invalid"},
                new String[] {"X-Webhook-Token", "nonsense", "token_invalid"},
                new String[] {"X-Webhook-Token", jwt(1, "admin"), "token_invalid"},
                new String[] {
                    "Authorization",
                    "Bearer "
                            + jwt(
                                    1,
                                    "admin",
                                    Instant.now().minusSeconds(60),
                                    "the-secret-of-the-tests-0123456789-0123456789"),
                    "token_expired",
                },
                new String[] {
                    "Authorization",
                    "Bearer "
                            + jwt(
                                    1,
                                    "admin",
                                    Instant.now().plusSeconds(60),
                                    "somebody-elses-secret-0123456789-0123456789"),
                    "token_invalid",
                });
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void aBadTokenIsRefusedAndNotTakenForNone(String header, String value, String code) {
        for (String path : new String[] {"/api/v1/stats/connections", "/api/v1/stats/rooms", "/actuator/prometheus"}) {
            Answer answer = service.get(path, header, value);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
            assertThat(answer.json().get("code").asString()).isEqualTo(code);
        }
    }

    @Test
    void aTokenInTheQueryIsNone() {
        assertThat(service.get("/api/v1/stats/connections?token=" + WEBHOOK_TOKEN)
                        .text())
                .doesNotContain("connections\"");
    }
}
