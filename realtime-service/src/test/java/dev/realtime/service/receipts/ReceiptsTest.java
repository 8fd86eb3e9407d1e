package dev.realtime.service.receipts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import io.jsonwebtoken.Jwts;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two whole instances on one Redis keep receipts, remind and escalate. */
class ReceiptsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ADMIN_SECRET = "the-admin-secret-of-the-tests-0123456789";

    private static TestRedis redis;
    private static TestService here;
    private static TestService there;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        here = TestService.start(redis, "realtime.admin.secret=" + ADMIN_SECRET);
        there = TestService.start(redis, "realtime.admin.secret=" + ADMIN_SECRET);
    }

    @AfterAll
    static void stop() {
        there.close();
        here.close();
        redis.close();
    }

    private static Listener user(TestService service, String userId, Room... rooms) {
        List<Room> all = new ArrayList<>(List.of(rooms));
        all.add(Room.user(userId));
        return new Listener(
                service.rooms(),
                new Identity(userId, "operator", null, null, List.of(), null),
                "websocket",
                all.toArray(Room[]::new));
    }

    private static String[] admin(AdminRole role) {
        String token = Jwts.builder()
                .subject("irina")
                .claim("role", role.claim())
                .audience()
                .add("admin-api")
                .and()
                .expiration(Date.from(Instant.now().plusSeconds(60)))
                .signWith(new SecretKeySpec(ADMIN_SECRET.getBytes(UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact();
        return new String[] {"Authorization", "Bearer " + token, "Content-Type", "application/json"};
    }

    private static String post(String message, String rooms, String confirm) {
        Answer answer = here.broadcast(
                "notification",
                "{\"token\":\"" + TestService.WEBHOOK_TOKEN + "\",\"notification\":{\"message\":\"" + message
                        + "\"},\"rooms\":" + rooms + ",\"confirm\":" + confirm + "}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().get("id").asString();
    }

    private static JsonNode receipt(String id) {
        Answer answer = there.get("/api/v1/admin/receipts/" + id, admin(AdminRole.VIEWER));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    /** The notifications of a receipt that somebody got, in order. */
    private static List<JsonNode> got(Listener listener, String id) {
        return listener.soFar().stream()
                .filter(packet -> packet.startsWith("42[\"notification\"") && packet.contains("\"confirmId\":\"" + id))
                .map(packet -> JSON.readTree(packet.substring(2)).get(1))
                .toList();
    }

    private static void awaitUsers(String id, int users) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(receipt(id).at("/receipt/users").asInt()).isEqualTo(users));
    }

    @Test
    void whoDoesNotConfirmIsRemindedOnceAndThenItIsEscalatedOnce() {
        try (Listener anna = user(here, "1", Room.city("Пермь"));
                Listener boris = user(there, "2", Room.city("Пермь"));
                Listener boss = user(there, "3", Room.city("Омск"))) {
            String id = post("Call +79991234567", "[\"city:Пермь\"]", "{\"within\":5,\"escalateTo\":[\"city:Омск\"]}");
            awaitUsers(id, 2);
            Confirmations confirmations = here.bean(Confirmations.class);
            assertThat(confirmations.confirm(id, "1")).isTrue();
            assertThat(there.bean(Confirmations.class).confirm(id, "1")).isTrue();
            assertThat(confirmations.confirm(id, "3")).as("not addressed yet").isFalse();
            await().atMost(PATIENCE).until(() -> !got(boss, id).isEmpty());
            assertThat(confirmations.confirm(id, "3")).isTrue();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(receipt(id).at("/receipt/open").asBoolean())
                                    .isFalse());

            assertThat(got(boris, id)).hasSize(2);
            assertThat(got(boris, id).get(0).propertyNames()).containsExactly("message", "timestamp", "confirmId");
            assertThat(got(boris, id).get(1).get("reminder").asBoolean()).isTrue();
            assertThat(got(boss, id)).hasSize(1);
            assertThat(got(boss, id).getFirst().get("escalation").asBoolean()).isTrue();

            JsonNode detail = receipt(id);
            JsonNode receipt = detail.get("receipt");
            Instant confirmedAt =
                    Instant.parse(detail.get("users").get(2).get("confirmedAt").asString());
            assertThat(detail.get("users").get(0).get("userId").asString()).isEqualTo("2");
            assertThat(receipt.get("notification").get("message").asString()).isEqualTo("Call +•••••••••67");
            assertThat(receipt.at("/sender/service").asString()).isEqualTo("default");
            assertThat(receipt.get("users").asInt()).isEqualTo(3);
            assertThat(receipt.get("confirmed").asInt()).isEqualTo(2);
            assertThat(receipt.get("sockets").asInt()).isEqualTo(2);
            assertThat(receipt.at("/escalation/sockets").asInt()).isEqualTo(1);
            assertThat(confirmedAt).isAfter(Instant.parse(receipt.get("at").asString()));
            Instant due = Instant.parse(receipt.get("at").asString()).plusSeconds(5);
            Instant first = Instant.parse(detail.get("users").findValues("confirmedAt").stream()
                    .map(JsonNode::asString)
                    .sorted()
                    .findFirst()
                    .orElseThrow());
            // Unless this machine stood still for five seconds.
            if (first.isBefore(due)) {
                assertThat(got(anna, id)).hasSize(1);
                assertThat(receipt.at("/reminder/sockets").asInt()).isEqualTo(1);
            }
            // A confirmation counts for the notification, the reminder and the escalation alike.
            String confirmed = first.toString();
            assertThat(why(id, "1")).containsExactly("confirmed", confirmed);
            assertThat(why(receipt.at("/reminder/event").asString(), "1")).containsExactly("confirmed", confirmed);
            assertThat(why(receipt.at("/escalation/event").asString(), "3").getFirst())
                    .isEqualTo("confirmed");
            assertThat(why(id, "3").getFirst()).isEqualTo("confirmed");
            // Listeners of tests are no connections, so they are not in the journal.
            assertThat(why(id, "2").getFirst()).isEqualTo("offline");
            assertThat(steps(here, "reminder") + steps(there, "reminder")).isEqualTo(1);
            assertThat(steps(here, "escalation") + steps(there, "escalation")).isEqualTo(1);
        }
    }

    private static List<String> why(String event, String userId) {
        Answer answer = there.get("/api/v1/admin/why?event=" + event + "&user=" + userId, admin(AdminRole.VIEWER));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return List.of(
                answer.json().get("reason").asString(),
                answer.json().path("since").asString());
    }

    private static double steps(TestService service, String step) {
        return service.bean(MeterRegistry.class)
                .get("realtime.receipts.steps")
                .tag("step", step)
                .counter()
                .count();
    }

    @Test
    void anAdministratorAsksToo() {
        try (Listener carl = user(here, "7", Room.city("Тула"))) {
            String body = "{\"to\":{\"rooms\":[\"city:Тула\"]},\"notification\":{\"message\":\"m\"},\"confirm\":";
            Answer refused = here.send(
                    "POST",
                    "/api/v1/admin/notifications",
                    (body + "{\"escalateTo\":[\"directors\"]}}").getBytes(UTF_8),
                    admin(AdminRole.OPERATOR_ADMIN));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().at("/errors/0/path").asString()).isEqualTo("confirm.within");
            Answer sent = here.send(
                    "POST",
                    "/api/v1/admin/notifications",
                    (body + "{\"within\":3600,\"escalateTo\":[\"directors\"]}}").getBytes(UTF_8),
                    admin(AdminRole.OPERATOR_ADMIN));
            assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
            String id = sent.json().get("id").asString();
            awaitUsers(id, 1);
            assertThat(got(carl, id)).hasSize(1);
            assertThat(receipt(id).at("/receipt/open").asBoolean()).isTrue();
            assertThat(receipt(id).at("/receipt/sender")).isEqualTo(JSON.readTree("{\"admin\":\"irina\"}"));
            Answer audit = here.get("/api/v1/admin/audit?action=notify", admin(AdminRole.ADMIN));
            assertThat(audit.json().at("/items/0/details/confirm/within").asInt())
                    .isEqualTo(3600);
            Answer list = here.get("/api/v1/admin/receipts?count=1", admin(AdminRole.VIEWER));
            assertThat(list.json().get("items")).hasSize(1);
        }
    }

    @Test
    void whatIsWrongIsRefusedAndWhoIsNotAnAdministratorSeesNothing() {
        Answer refused = here.broadcast(
                "notification",
                "{\"token\":\"" + TestService.WEBHOOK_TOKEN
                        + "\",\"notification\":{\"message\":\"m\"},\"confirm\":{\"within\":0}}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("code").asString()).isEqualTo("validation_failed");
        assertThat(refused.json().at("/errors/0/path").asString()).isEqualTo("confirm.within");
        assertThat(here.get("/api/v1/admin/receipts").status()).isEqualTo(401);
        assertThat(here.get("/api/v1/admin/receipts/1-1", admin(AdminRole.VIEWER))
                        .status())
                .isEqualTo(404);
        assertThat(here.get("/api/v1/admin/receipts/x", admin(AdminRole.VIEWER)).status())
                .isEqualTo(400);
    }

    @Test
    void aRepeatedRequestHasOneReceipt() {
        String body = "{\"token\":\"" + TestService.WEBHOOK_TOKEN
                + "\",\"notification\":{\"message\":\"m\"},\"rooms\":[\"city:Орёл\"],\"confirm\":{\"within\":3600}}";
        Answer first = here.broadcast("notification", body, "Idempotency-Key", "receipt-once");
        Answer again = there.broadcast("notification", body, "Idempotency-Key", "receipt-once");
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        JsonNode receipt = receipt(first.json().get("id").asString());
        assertThat(receipt.at("/receipt/users").asInt()).as("nobody is there").isZero();
    }

    @Test
    void aRepeatedRequestIsAnsweredAlsoWhenThereIsNoRoomForReceiptsAnyMore() {
        String body = "{\"token\":\"" + TestService.WEBHOOK_TOKEN
                + "\",\"notification\":{\"message\":\"m\"},\"rooms\":[\"city:Псков\"],\"confirm\":{\"within\":3600}}";
        Answer first = here.broadcast("notification", body, "Idempotency-Key", "receipt-full");
        StringRedisTemplate template = here.bean(StringRedisTemplate.class);
        template.opsForHash().increment("realtime:{receipts}:totals", "bytes", 16 * 1024 * 1024);
        try {
            Answer another = here.broadcast("notification", body, "Idempotency-Key", "receipt-other");
            assertThat(another.status()).as(another.toString()).isEqualTo(503);
            assertThat(another.json().get("code").asString()).isEqualTo("receipts_full");
            Answer again = there.broadcast("notification", body, "Idempotency-Key", "receipt-full");
            assertThat(again.status()).as(again.toString()).isEqualTo(200);
            assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
            assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        } finally {
            template.opsForHash().increment("realtime:{receipts}:totals", "bytes", -16 * 1024 * 1024);
        }
    }
}
