package dev.realtime.service.cluster.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.service.TestSocket;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.Protocol;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import io.jsonwebtoken.Jwts;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Commands between two instances, one on a machine whose clock is a day ahead; and what Redis' other users can do. */
class CommandsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ADMIN_SECRET = "the-admin-secret-of-the-tests-0123456789";
    private static final String JWT_SECRET = "the-secret-of-the-tests-0123456789-0123456789";
    private static final String CONTROL = "control";
    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger USERS = new AtomicInteger(100);

    private static TestRedis server;
    private static TestService first;
    private static TestService ahead;
    private static StringRedisTemplate redis;

    @BeforeAll
    static void start() {
        server = TestRedis.started();
        String secret = "realtime.admin.secret=" + ADMIN_SECRET;
        first = TestService.start(server, secret);
        ahead = TestService.startAt(Clock.offset(Clock.systemUTC(), Duration.ofDays(1)), server, secret);
        redis = first.bean(StringRedisTemplate.class);
        // An instance knows the others from its first beat after they have registered.
        for (TestService service : List.of(first, ahead)) {
            await().atMost(SOON)
                    .until(() -> get(service, "instances").get("instances").size() == 2);
        }
    }

    @AfterAll
    static void stop() {
        ahead.close();
        first.close();
        server.close();
    }

    // ------------------------------------------------------------------ what is asked for

    private record Client(TestSocket socket, String id) implements AutoCloseable {

        @Override
        public void close() {
            socket.close();
        }
    }

    private static Client join(TestService service) {
        int user = USERS.incrementAndGet();
        TestSocket socket = TestSocket.connect(service.port(), TestService.jwt(user, "operator"));
        String connected = socket.await("42[\"connected\"");
        String id = JSON.readTree(connected.substring(2)).get(1).get("socketId").asString();
        for (TestService each : List.of(first, ahead)) {
            await().atMost(SOON)
                    .until(() -> get(each, "stats/connections?user=" + user)
                            .toString()
                            .contains(id));
        }
        return new Client(socket, id);
    }

    private static Answer post(TestService service, String path, String body) {
        return service.send(
                "POST",
                "/api/v1/admin/" + path,
                body.getBytes(UTF_8),
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + token());
    }

    private static JsonNode get(TestService service, String path) {
        return service.get("/api/v1/admin/" + path, "Authorization", "Bearer " + token())
                .json();
    }

    private static String token() {
        return Jwts.builder()
                .subject("irina")
                .claim("role", "admin")
                .audience()
                .add("admin-api")
                .and()
                .expiration(Date.from(Instant.now().plusSeconds(600)))
                .signWith(new SecretKeySpec(ADMIN_SECRET.getBytes(UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact();
    }

    private static boolean isIn(TestService service, String socketId, Room room) {
        boolean[] found = {false};
        service.rooms()
                .forEachIn(
                        room,
                        member -> found[0] |= member.subscriber().socketId().equals(socketId));
        return found[0];
    }

    private static String name(TestService service) {
        return service.bean(InstanceName.class).value();
    }

    private static double dropped(TestService service, String reason) {
        return service.bean(MeterRegistry.class)
                .get("realtime.commands.dropped")
                .tag("reason", reason)
                .counter()
                .count();
    }

    // ------------------------------------------------------------------ what somebody does to Redis

    /** The latest command in the stream, as the binder wrote it. */
    private static Map<Object, Object> lastCommand() {
        return redis.opsForStream().reverseRange(CONTROL, Range.unbounded()).stream()
                .map(record -> record.getValue())
                .filter(fields -> fields.toString().contains("\\\"command\\\""))
                .findFirst()
                .orElseThrow();
    }

    private static String payloadField(Map<Object, Object> fields) {
        return fields.entrySet().stream()
                .filter(field -> String.valueOf(field.getValue()).startsWith("{\"protocol\""))
                .map(field -> String.valueOf(field.getKey()))
                .findFirst()
                .orElseThrow();
    }

    /** Writes a record that differs from a genuine one by its payload. */
    private static void write(Map<Object, Object> genuine, String payload) {
        Map<Object, Object> fields = new LinkedHashMap<>(genuine);
        fields.put(payloadField(genuine), payload);
        redis.opsForStream().add(CONTROL, fields);
    }

    private static String closing(String socketId, TestService addressee, String id, long time) {
        return "{\"id\":\"" + id + "\",\"time\":" + time + ",\"from\":\"" + name(first) + "\",\"to\":[\""
                + name(addressee) + "\"],\"command\":{\"name\":\"close-socket\",\"socketId\":\"" + socketId
                + "\",\"reason\":\"because\"}}";
    }

    // ------------------------------------------------------------------ the tests

    @Test
    void theInstanceThatHasTheSocketAloneIsTold() {
        for (TestService home : List.of(first, ahead)) {
            TestService other = home == first ? ahead : first;
            try (Client client = join(home)) {
                long before = redis.opsForStream().size(CONTROL);
                Answer answer = post(other, "connections/" + client.id + "/close", "{\"reason\":\"wrong number\"}");
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                assertThat(answer.json().get("byInstance").toString()).isEqualTo("{\"" + name(home) + "\":1}");
                assertThat(answer.json().get("silent").isEmpty()).isTrue();
                client.socket.await("42[\"error\",{\"code\":\"closed_by_admin\"");
                assertThat(redis.opsForStream().size(CONTROL) - before)
                        .as("one command and one answer")
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void allThatAreRegisteredReport() {
        for (TestService service : List.of(first, ahead)) {
            JsonNode instances = get(service, "instances");
            assertThat(instances.get("instances")).hasSize(2);
            assertThat(instances.get("silent")).isEmpty();
        }
        await().atMost(SOON)
                .until(() ->
                        ahead.get("/health").json().get("problems").toString().contains("clock_skew: "));
        assertThat(first.get("/health").json().get("problems").toString()).doesNotContain("clock_skew");
    }

    @Test
    void whoeverCanOnlyWriteToRedisCanNeitherMoveNorCloseASocket() throws Exception {
        Room room = Room.parse("city:Энгельс");
        try (Client client = join(ahead)) {
            String path = "connections/" + client.id;
            String body = "{\"room\":\"" + room + "\",\"reason\":\"stands in\"}";
            assertThat(post(first, path + "/join", body).status()).isEqualTo(200);
            Map<Object, Object> joining = lastCommand();
            assertThat(isIn(ahead, client.id, room)).isTrue();
            assertThat(post(first, path + "/leave", body).status()).isEqualTo(200);
            assertThat(isIn(ahead, client.id, room)).isFalse();

            double replayed = dropped(ahead, "replayed");
            double forged = dropped(ahead, "forged");
            double stale = dropped(ahead, "stale");
            double malformed = dropped(ahead, "malformed");
            double foreign = dropped(ahead, "foreign_version");
            long now = Instant.now().toEpochMilli();
            // What was said is said again.
            redis.opsForStream().add(CONTROL, joining);
            // Somebody invents a mac, or signs with another secret, or without a key of its own.
            ObjectNode invented = JSON.createObjectNode();
            invented.put("protocol", Protocol.VERSION);
            invented.put("mac", "A".repeat(43));
            invented.put("body", closing(client.id, ahead, "i1", now));
            write(joining, invented.toString());
            write(joining, SignedRecord.of("x" + JWT_SECRET, Protocol.VERSION, closing(client.id, ahead, "i2", now)));
            // The form from before, and nonsense.
            write(
                    joining,
                    "{\"id\":\"x\",\"instance\":\"" + name(first)
                            + "\",\"action\":\"close-socket\",\"arguments\":{\"socket\":\"" + client.id
                            + "\",\"user\":\"\",\"room\":\"\",\"reason\":\"r\"}}");
            write(joining, "nonsense");
            // Right in all but its time, and in all but its version.
            write(
                    joining,
                    SignedRecord.of(JWT_SECRET, Protocol.VERSION, closing(client.id, ahead, "i3", now - 60_000)));
            write(
                    joining,
                    SignedRecord.of(JWT_SECRET, Protocol.VERSION, closing(client.id, ahead, "i4", now + 86_400_000)));
            write(joining, SignedRecord.of(JWT_SECRET, 7, closing(client.id, ahead, "i5", now)));

            await().atMost(SOON).until(() -> dropped(ahead, "foreign_version") == foreign + 1);
            assertThat(dropped(ahead, "replayed")).isEqualTo(replayed + 1);
            assertThat(dropped(ahead, "forged")).isEqualTo(forged + 2);
            assertThat(dropped(ahead, "malformed")).isEqualTo(malformed + 2);
            assertThat(dropped(ahead, "stale")).isEqualTo(stale + 2);
            assertThat(isIn(ahead, client.id, room)).isFalse();
            assertThat(isIn(ahead, client.id, Room.EVERYONE))
                    .as("it is still there")
                    .isTrue();
            assertThat(ahead.get("/health").json().get("problems").toString()).contains("speaks protocol version 7");

            // The key is the right one: this is what an instance would have said.
            write(joining, SignedRecord.of(JWT_SECRET, Protocol.VERSION, closing(client.id, ahead, "i6", now)));
            client.socket.await("42[\"error\",{\"code\":\"closed_by_admin\",\"message\":\"because\"");
        }
    }
}
