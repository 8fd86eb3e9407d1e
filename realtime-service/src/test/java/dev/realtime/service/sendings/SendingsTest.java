package dev.realtime.service.sendings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.receipts.Confirmations;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import io.jsonwebtoken.Jwts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two whole instances on one Redis send, hold, cancel and recall. */
class SendingsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ADMIN_SECRET = "the-admin-secret-of-the-tests-0123456789";
    private static final String NOTIFICATIONS = "/api/v1/admin/notifications";

    private static TestRedis redis;
    private static TestService here;
    private static TestService there;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        String[] properties = {"realtime.admin.secret=" + ADMIN_SECRET, "realtime.sendings.most-waiting=20"};
        here = TestService.start(redis, properties);
        there = TestService.start(redis, properties);
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

    private static String[] admin(AdminRole role, String... more) {
        String token = Jwts.builder()
                .subject("irina")
                .claim("role", role.claim())
                .audience()
                .add("admin-api")
                .and()
                .expiration(Date.from(Instant.now().plusSeconds(60)))
                .signWith(new SecretKeySpec(ADMIN_SECRET.getBytes(UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact();
        List<String> headers =
                new ArrayList<>(List.of("Authorization", "Bearer " + token, "Content-Type", "application/json"));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    /** A request to send to a room; {@code more} begins with a comma, or is empty. */
    private static Answer post(TestService service, String room, String more, String... headers) {
        String body = "{\"to\":{\"rooms\":[\"" + room + "\"]},\"notification\":{\"message\":\"Call +79991234567\"}"
                + more + "}";
        return service.send("POST", NOTIFICATIONS, body.getBytes(UTF_8), admin(AdminRole.OPERATOR_ADMIN, headers));
    }

    private static JsonNode accepted(int status, Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer.json();
    }

    private static void refused(int status, ErrorCode code, Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().get("code").asString()).isEqualTo(code.code());
    }

    private static Answer end(TestService service, String sending, String how) {
        return service.send(
                "POST",
                NOTIFICATIONS + "/" + sending + "/" + how,
                "{\"reason\":\"A slip\"}".getBytes(UTF_8),
                admin(AdminRole.OPERATOR_ADMIN));
    }

    private static JsonNode sending(String sending) {
        return accepted(200, there.get(NOTIFICATIONS + "/" + sending, admin(AdminRole.VIEWER)));
    }

    private static void awaitState(String sending, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(sending(sending).get("state").asString()).isEqualTo(state));
    }

    private static List<JsonNode> got(Listener listener, String event, String sending) {
        return listener.soFar().stream()
                .filter(packet -> packet.startsWith("42[\"" + event + "\"") && packet.contains(sending))
                .map(packet -> JSON.readTree(packet.substring(2)).get(1))
                .toList();
    }

    /** Waits until everything that was accepted has come: what a listener does not have by then, it will not get. */
    private static void settle(Listener listener) {
        String marker = "marker-" + Instant.now().toEpochMilli() + "-" + listener.socketId();
        String body = "{\"token\":\"" + TestService.WEBHOOK_TOKEN + "\",\"notification\":{\"message\":\"" + marker
                + "\"},\"userId\":\"" + listener.identity().userKey() + "\"}";
        assertThat(here.broadcast("notification", body).status()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> listener.soFar().stream().anyMatch(packet -> packet.contains(marker)));
    }

    @Test
    void whatIsSentAtOnceGoesAtOnceAndIsRecorded() {
        try (Listener anna = user(there, "1", Room.city("Тула"))) {
            JsonNode sent = accepted(200, post(here, "city:Тула", ""));
            String id = sent.get("sending").asString();
            assertThat(sent.get("state").asString()).isEqualTo("sent");
            assertThat(sent.has("at")).isFalse();
            settle(anna);
            assertThat(got(anna, "notification", id)).hasSize(1);
            JsonNode payload = got(anna, "notification", id).getFirst();
            assertThat(payload.propertyNames()).containsExactly("message", "notificationId", "timestamp");
            assertThat(payload.get("notificationId").asString()).isEqualTo(id);
            JsonNode found = sending(id);
            assertThat(found.get("state").asString()).isEqualTo("sent");
            assertThat(found.get("by").asString()).isEqualTo("irina");
            assertThat(found.get("event")).isEqualTo(sent.get("id"));
            assertThat(found.at("/notification/message").asString()).isEqualTo("Call +•••••••••67");
            assertThat(found.at("/to/rooms/0").asString()).isEqualTo("city:Тула");
            assertThat(found.at("/rooms/0").asString()).isEqualTo("city:Тула");
            refused(409, ErrorCode.ALREADY_SENT, end(here, id, "cancel"));
        }
    }

    @Test
    void whatIsHeldGoesLaterOnceUnlessItIsCancelled() {
        try (Listener anna = user(here, "2", Room.city("Орёл"))) {
            JsonNode kept = accepted(202, post(here, "city:Орёл", ",\"hold\":60"));
            JsonNode sent = accepted(202, post(there, "city:Орёл", ",\"hold\":1"));
            String cancelled = kept.get("sending").asString();
            String id = sent.get("sending").asString();
            assertThat(sent.has("id")).isFalse();
            assertThat(sent.get("state").asString()).isEqualTo("held");
            refused(409, ErrorCode.NOT_SENT, end(here, cancelled, "recall"));
            JsonNode after = accepted(200, end(there, cancelled, "cancel"));
            assertThat(after.get("state").asString()).isEqualTo("cancelled");
            assertThat(after.get("endedBy").asString()).isEqualTo("irina");
            assertThat(accepted(200, end(here, cancelled, "cancel"))).isEqualTo(after);
            awaitState(id, "sent");
            settle(anna);
            assertThat(got(anna, "notification", id)).hasSize(1);
            assertThat(got(anna, "notification", cancelled)).isEmpty();
            Instant at = Instant.parse(sent.get("at").asString());
            assertThat(Instant.parse(sending(id).get("sentAt").asString())).isAfterOrEqualTo(at);
            Answer audit = here.get("/api/v1/admin/audit?action=cancel-notification", admin(AdminRole.ADMIN));
            assertThat(audit.json().at("/items/0/target").asString()).isEqualTo(cancelled);
            assertThat(audit.json().at("/items/0/reason").asString()).isEqualTo("A slip");
        }
    }

    @Test
    void aPlannedOneGoesAtItsTime() {
        try (Listener anna = user(here, "3", Room.city("Пермь"))) {
            Instant at = Instant.now().plusMillis(1_500);
            JsonNode planned = accepted(202, post(here, "city:Пермь", ",\"at\":\"" + at + "\""));
            String id = planned.get("sending").asString();
            assertThat(planned.get("state").asString()).isEqualTo("planned");
            awaitState(id, "sent");
            settle(anna);
            assertThat(got(anna, "notification", id)).hasSize(1);
            assertThat(sending(id).get("sentAt").asString())
                    .isGreaterThanOrEqualTo(planned.get("at").asString());
        }
    }

    @Test
    void aRecallReachesWhoeverHasTheNotificationAndItCannotBeConfirmedAnyMore() {
        try (Listener anna = user(here, "4", Room.city("Омск"));
                Listener boris = user(there, "5", Room.city("Омск"))) {
            JsonNode sent = accepted(
                    200, post(here, "city:Омск", ",\"confirm\":{\"within\":5,\"escalateTo\":[\"directors\"]}"));
            String id = sent.get("sending").asString();
            String event = sent.get("id").asString();
            settle(anna);
            settle(boris);
            Confirmations confirmations = here.bean(Confirmations.class);
            assertThat(confirmations.confirm(event, "4")).isTrue();
            JsonNode recalled = accepted(200, end(there, id, "recall"));
            assertThat(recalled.get("state").asString()).isEqualTo("recalled");
            assertThat(accepted(200, end(here, id, "recall"))).isEqualTo(recalled);
            settle(anna);
            settle(boris);
            for (Listener listener : List.of(anna, boris)) {
                assertThat(got(listener, "notification:recalled", id)).hasSize(1);
                JsonNode payload = got(listener, "notification:recalled", id).getFirst();
                assertThat(payload.propertyNames()).containsExactly("notificationId", "confirmId", "timestamp");
                assertThat(payload.get("confirmId").asString()).isEqualTo(event);
            }
            assertThat(confirmations.confirm(event, "4"))
                    .as("before the recall")
                    .isTrue();
            assertThatThrownBy(() -> confirmations.confirm(event, "5"))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIRM_RECALLED));
            JsonNode receipt = accepted(200, here.get("/api/v1/admin/receipts/" + event, admin(AdminRole.VIEWER)));
            assertThat(receipt.at("/receipt/open").asBoolean()).isFalse();
            assertThat(receipt.at("/receipt/confirmed").asInt()).isEqualTo(1);
        }
    }

    @Test
    void whatEverybodyHasConfirmedIsNotRecalled() {
        try (Listener anna = user(here, "6", Room.city("Уфа"))) {
            JsonNode sent = accepted(200, post(there, "city:Уфа", ",\"confirm\":{\"within\":3600}"));
            settle(anna);
            assertThat(here.bean(Confirmations.class).confirm(sent.get("id").asString(), "6"))
                    .isTrue();
            refused(409, ErrorCode.ALL_CONFIRMED, end(there, sent.get("sending").asString(), "recall"));
        }
    }

    private static JsonNode events(String after) {
        return accepted(
                200,
                here.get("/api/v1/events?limit=1000&after=" + after, "X-Webhook-Token", TestService.WEBHOOK_TOKEN));
    }

    @Test
    void theHistoryOfClientsHasNeitherWhatWasRecalledNorWhatHasRunOut() {
        String begin = here.get("/api/v1/events", "X-Webhook-Token", TestService.WEBHOOK_TOKEN)
                .json()
                .get("next")
                .asString();
        String until = Instant.now().plusMillis(3_000).toString();
        JsonNode brief = accepted(200, post(here, "city:Рязань", ",\"until\":\"" + until + "\""));
        String expired = brief.get("sending").asString();
        String kept =
                accepted(200, post(here, "city:Рязань", "")).get("sending").asString();
        String recalled =
                accepted(200, post(here, "city:Рязань", "")).get("sending").asString();
        accepted(200, end(here, recalled, "recall"));
        awaitState(expired, "expired");
        refused(409, ErrorCode.NOT_SENT, end(here, expired, "recall"));
        List<String> found = new ArrayList<>();
        events(begin)
                .get("events")
                .forEach(event -> found.add(event.get("event").asString() + " "
                        + event.at("/payload/notificationId").asString("")));
        assertThat(found)
                .contains("notification " + kept, "notification:recalled " + recalled)
                .doesNotContain("notification " + recalled, "notification " + expired);
        JsonNode seen =
                accepted(200, here.get("/api/v1/admin/events/" + brief.get("id").asString(), admin(AdminRole.VIEWER)));
        assertThat(seen.at("/payload/validUntil").asString()).isEqualTo(until);
    }

    @Test
    void aRepeatedRequestIsOneSending() {
        JsonNode first = accepted(200, post(here, "city:Псков", "", "Idempotency-Key", "sending-once"));
        Answer again = post(there, "city:Псков", "", "Idempotency-Key", "sending-once");
        assertThat(accepted(200, again).get("sending")).isEqualTo(first.get("sending"));
        assertThat(again.json().get("id")).isEqualTo(first.get("id"));
        assertThat(again.json().get("auditId")).isEqualTo(first.get("auditId"));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        refused(
                422,
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                post(there, "city:Псков", ",\"hold\":5", "Idempotency-Key", "sending-once"));
        JsonNode held = accepted(202, post(here, "city:Псков", ",\"hold\":60", "Idempotency-Key", "held-once"));
        Answer heldAgain = post(there, "city:Псков", ",\"hold\":60", "Idempotency-Key", "held-once");
        assertThat(accepted(202, heldAgain).get("sending")).isEqualTo(held.get("sending"));
        accepted(200, end(here, held.get("sending").asString(), "cancel"));
    }

    @Test
    void noMoreThanAllowedWait() {
        List<String> waiting = new ArrayList<>();
        Answer answer = post(here, "city:Чита", ",\"hold\":60");
        while (answer.status() == 202) {
            waiting.add(answer.json().get("sending").asString());
            assertThat(waiting.size()).isLessThanOrEqualTo(20);
            answer = post(here, "city:Чита", ",\"hold\":60");
        }
        refused(503, ErrorCode.SENDINGS_FULL, answer);
        accepted(200, post(here, "city:Чита", ""));
        JsonNode list = accepted(200, there.get(NOTIFICATIONS + "?state=held&count=3", admin(AdminRole.VIEWER)));
        assertThat(list.get("items")).hasSize(3);
        String next = list.get("before").asString();
        JsonNode more = accepted(200, there.get(NOTIFICATIONS + "?state=held&before=" + next, admin(AdminRole.VIEWER)));
        assertThat(more.get("items").get(0).get("sending").asString()).isLessThan(next);
        waiting.forEach(id -> accepted(200, end(there, id, "cancel")));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"hold\":0', hold",
        "'\"hold\":61', hold",
        "'\"hold\":5,\"at\":\"2099-01-01T00:00:00Z\"', at",
        "'\"at\":\"2020-01-01T00:00:00Z\"', at",
        "'\"at\":\"2099-01-01T00:00:00Z\"', at",
        "'\"until\":\"2020-01-01T00:00:00Z\"', until",
        "'\"until\":\"2099-01-01T00:00:00Z\"', until",
    })
    void whatIsWrongIsSaidAtItsMember(String member, String path) {
        Answer answer = post(here, "city:Чита", "," + member);
        refused(400, ErrorCode.VALIDATION_FAILED, answer);
        assertThat(answer.json().at("/errors/0/path").asString()).isEqualTo(path);
    }

    @Test
    void whatDoesNotExistIsUnknownAndRolesAreAsForSending() {
        refused(404, ErrorCode.SENDING_UNKNOWN, end(here, "019ab9f1d9b83fc2a91e", "cancel"));
        refused(404, ErrorCode.SENDING_UNKNOWN, end(here, "019ab9f1d9b83fc2a91e", "recall"));
        refused(404, ErrorCode.SENDING_UNKNOWN, here.get(NOTIFICATIONS + "/nothing", admin(AdminRole.VIEWER)));
        refused(
                403,
                ErrorCode.FORBIDDEN,
                here.send(
                        "POST",
                        NOTIFICATIONS + "/019ab9f1d9b83fc2a91e/recall",
                        "{}".getBytes(UTF_8),
                        admin(AdminRole.VIEWER)));
        Answer own = here.send(
                "POST",
                NOTIFICATIONS,
                "{\"to\":{\"everybody\":true},\"notification\":{\"message\":\"m\",\"notificationId\":\"x\"}}"
                        .getBytes(UTF_8),
                admin(AdminRole.OPERATOR_ADMIN));
        refused(400, ErrorCode.VALIDATION_FAILED, own);
        assertThat(own.json().at("/errors/0/path").asString()).isEqualTo("notification.notificationId");
        Answer recall = here.broadcast(
                "notification-recalled",
                "{\"token\":\"" + TestService.WEBHOOK_TOKEN + "\",\"notificationId\":\"019ab9f1d9b83fc2a91e\"}");
        assertThat(recall.status()).as("no service may recall").isEqualTo(404);
    }
}
