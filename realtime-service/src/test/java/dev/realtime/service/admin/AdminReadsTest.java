package dev.realtime.service.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.contracts.admin.InstanceReport;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the admin API tells of events, instances and the audit. */
class AdminReadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "the-admin-secret-of-the-tests-0123456789";

    private static TestRedis redis;
    private static TestService service;
    private static JsonNode atFirst;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        service = TestService.start(redis, "realtime.admin.secret=" + SECRET);
        await().atMost(PATIENCE).until(() -> instance().get("redis").asString().equals("up"));
        atFirst = instance();
    }

    @AfterAll
    static void stop() {
        service.close();
        redis.close();
    }

    private static JsonNode get(String path) {
        return get(path, "admin");
    }

    private static JsonNode get(String path, String role) {
        Answer answer = service.get("/api/v1/admin/" + path, "Authorization", "Bearer " + token(role));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode post(String path, String body) {
        Answer answer = service.send(
                "POST",
                "/api/v1/admin/" + path,
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + token());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static String token() {
        return token("admin");
    }

    private static String token(String role) {
        return Jwts.builder()
                .subject("irina")
                .claim("role", role)
                .audience()
                .add("admin-api")
                .and()
                .expiration(Date.from(Instant.now().plusSeconds(600)))
                .signWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact();
    }

    private static JsonNode instance() {
        return get("instances").at("/instances/0");
    }

    // Instances

    @Test
    void anInstanceTellsHowManyEventsItDeliveredAndHowLongTheyTook() {
        assertThat(atFirst.get("events").asLong()).isZero();
        assertThat(atFirst.has("latencyP50")).isFalse();
        assertThat(atFirst.has("latencyP99")).isFalse();
        assertThat(atFirst.get("problems").toString()).isEqualTo("[]");

        long before = instance().get("events").asLong();
        for (int n = 0; n < 5; n++) {
            broadcast("call-new", "\"call\":{\"id\":" + n + "}");
        }
        stream(Map.of(StreamHeaders.EVENT, "no:event"), "{}");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(instance().get("events").asLong()).isGreaterThanOrEqualTo(before + 5));
        JsonNode report = instance();
        double half = report.get("latencyP50").asDouble();
        assertThat(half).isNotNegative().isLessThan(10_000);
        assertThat(report.get("latencyP99").asDouble()).isGreaterThanOrEqualTo(half);
        assertThat(report.get("redis").asString()).isEqualTo("up");
    }

    @Test
    void itsProblemsAreThoseOfItsHealth() {
        try (TestService stranger = TestService.start(redis, "realtime.webhook.token=another-token-than-the-first")) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(service.get("/health").json().get("problems").toString())
                        .contains("WEBHOOK_TOKEN differs between instances");
                // The stranger has no admin API, and answers the question all the same.
                assertThat(get("instances").get("instances").valueStream())
                        .hasSize(2)
                        .allSatisfy(report -> assertThat(report.get("problems").toString())
                                .contains("WEBHOOK_TOKEN differs between instances"));
            });
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(instance().get("problems").toString()).isEqualTo("[]"));
    }

    @Test
    void theReportOfAnOlderInstanceIsRead() {
        String report = "{\"instance\":\"i\",\"version\":\"1\",\"uptime\":1,\"sockets\":1,\"sessions\":1,"
                + "\"heapUsed\":1,\"heapMax\":1,\"lag\":0,\"deliveries\":1}";
        InstanceReport read = service.bean(JsonMapper.class).readValue(report, InstanceReport.class);
        assertThat(read.events()).isNull();
        assertThat(read.problems()).isEmpty();
    }

    // Events

    private static void stream(Map<String, Object> headers, String payload) {
        assertThat(service.bean(StreamBridge.class)
                        .send(
                                "events-out",
                                MessageBuilder.withPayload(payload.getBytes(StandardCharsets.UTF_8))
                                        .copyHeaders(headers)
                                        .build()))
                .isTrue();
    }

    private static String broadcast(String event, String members) {
        Answer answer = service.broadcast(event, "{\"token\":\"" + TestService.WEBHOOK_TOKEN + "\"," + members + "}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().get("id").asString();
    }

    private static JsonNode newest() {
        return get("events?count=1").at("/items/0");
    }

    @Test
    void anEventSaysWhereItWentWhoeverChoseTheRooms() {
        String named = broadcast("order-new", "\"order\":{\"id\":6},\"rooms\":[\"directors\",\"city:Вольск\"]");
        JsonNode event = get("events/" + named);
        assertThat(event.get("rooms").toString()).isEqualTo("[\"directors\",\"city:Вольск\"]");
        assertThat(event.get("to")).isEqualTo(event.get("rooms"));

        String unnamed = broadcast("order-new", "\"order\":{\"id\":7,\"city\":\"Саратов\"}");
        assertThat(get("events/" + unnamed).get("to").toString())
                .isEqualTo("[\"operators\",\"directors\",\"city:Саратов\",\"order:7\"]");

        stream(
                Map.of(StreamHeaders.EVENT, "call:new"),
                "{\"id\":8,\"operatorId\":17,\"phoneClient\":\"+79271234567\"}");
        JsonNode streamed = newest();
        assertThat(streamed.at("/payload/id").asInt()).isEqualTo(8);
        assertThat(streamed.has("rooms")).isFalse();
        assertThat(streamed.get("to").toString()).isEqualTo("[\"operators\",\"directors\",\"operator:17\"]");
        assertThat(get("events/" + streamed.get("id").asString() + "/revealed").get("to"))
                .isEqualTo(streamed.get("to"));
    }

    @Test
    void whatIsNoEventWentNowhere() {
        for (Map<String, Object> headers : List.<Map<String, Object>>of(
                Map.of(StreamHeaders.EVENT, "call:lost"),
                Map.of(StreamHeaders.EVENT, "order:new", StreamHeaders.ROOMS, List.of("operators")),
                Map.of(StreamHeaders.EVENT, "call:new", StreamHeaders.ROOMS, List.of("operators", "nobody:1")))) {
            // An order without an id; a call that is for nobody's room.
            stream(headers, headers.containsValue("order:new") ? "{}" : "{\"id\":9}");
            JsonNode event = newest();
            assertThat(event.get("event").asString()).isEqualTo(headers.get(StreamHeaders.EVENT));
            assertThat(event.get("to").toString()).isEqualTo("[]");
        }
    }

    @Test
    void largeEventsMakeShortPagesAndNoneIsLeftOut() {
        List<String> ids = new ArrayList<>();
        String text = "x".repeat(250_000);
        for (int n = 0; n < 12; n++) {
            ids.add(broadcast(
                    "notification",
                    "\"notification\":{\"message\":\"large\",\"data\":\"" + text + "\"},\"rooms\":[\"order:large\"]"));
        }
        List<String> found = new ArrayList<>();
        String place = "";
        int pages = 0;
        while (found.size() < ids.size()) {
            Answer answer = service.get(
                    "/api/v1/admin/events?count=500&room=order:large&before=" + place,
                    "Authorization",
                    "Bearer " + token());
            assertThat(answer.response().body().length).isLessThan(1_300_000);
            answer.json()
                    .get("items")
                    .valueStream()
                    .forEach(event -> found.add(event.get("id").asString()));
            place = answer.json().get("before").asString();
            pages++;
        }
        assertThat(found).containsExactlyElementsOf(ids.reversed());
        assertThat(pages).isBetween(3, 4);
    }

    @Test
    void manyReadersAtOnceAreAnsweredOrToldToComeBack() throws Exception {
        AdminReads reads = service.bean(AdminReads.class);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(AdminReads.AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AdminReads.AT_ONCE; i++) {
                threads.submit(() -> reads.read(() -> {
                    inside.countDown();
                    try {
                        return held.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            inside.await();
            Answer refused = service.get("/api/v1/admin/audit", "Authorization", "Bearer " + token());
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().get("code").asString()).isEqualTo("overloaded");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            held.countDown();
        }
        assertThat(get("audit").has("items")).isTrue();
    }

    // Audit

    private static List<String> actions(String query) {
        return get("audit?text=history" + query)
                .get("items")
                .valueStream()
                .map(entry -> entry.get("action").asString())
                .toList();
    }

    @Test
    void theAuditOfSomeActionsOnly() {
        IntStream.range(0, 2)
                .forEach(
                        n -> post(
                                "notifications",
                                "{\"to\":{\"users\":[\"nobody\"]},\"notification\":{\"message\":\"m\"},\"reason\":\"history\"}"));
        post("users/nobody/close", "{\"reason\":\"history\"}");
        post("users/nobody/block", "{\"seconds\":1,\"reason\":\"history\"}");
        assertThat(actions("")).containsExactly("block", "close-user", "notify", "notify");
        assertThat(actions("&action=notify")).containsExactly("notify", "notify");
        assertThat(actions("&action=notify,block")).containsExactly("block", "notify", "notify");
        assertThat(actions("&action=block&action=close-user")).containsExactly("block", "close-user");
        assertThat(actions("&action=")).hasSize(4);
        assertThat(actions("&action=nothing")).isEmpty();
    }

    @Test
    void phoneNumbersInTheAuditAreForThoseWhoMaySeeThem() {
        post("notifications", """
                {"to": {"users": ["89991112233"]}, "reason": "asked by 8 (999) 111-22-33",
                 "notification": {"message": "Ring +7\u00a0999\u00a0111\u00a022\u00a044", "callback": 89991112255}}""");
        for (String role : List.of("operator-admin", "admin")) {
            JsonNode entry = get("audit?text=111-22-33", role).at("/items/0");
            assertThat(entry.at("/details/notification/message").asString()).endsWith("999\u00a0111\u00a022\u00a044");
            assertThat(entry.at("/details/notification/callback").asString()).isEqualTo("89991112255");
        }
        assertThat(get("audit?text=111-22-33", "viewer").get("items")).isEmpty();
        JsonNode entry = get("audit?text=asked+by", "viewer").at("/items/0");
        assertThat(entry.get("reason").asString()).isEqualTo("asked by • (•••) •••-••-33");
        assertThat(entry.get("target").asString()).isEqualTo("user:89991112233");
        assertThat(entry.at("/details/rooms/0").asString()).isEqualTo("user:89991112233");
        assertThat(entry.at("/details/notification/message").asString())
                .isEqualTo("Ring +•\u00a0•••\u00a0•••\u00a0••\u00a044");
        assertThat(entry.at("/details/notification/callback").asString()).isEqualTo("•••••••••55");
    }

    @Test
    void aMaskedEventKeepsItsOtherBytes() {
        String payload = "{\"id\" : 90071992547409931,\"price\":1.10,\"who\":\"8 912 345-67-89\",\"n\":9123456789}";
        stream(Map.of(StreamHeaders.EVENT, "call:new", StreamHeaders.ROOMS, List.of("operators")), payload);
        String id = newest().get("id").asString();
        Answer answer = service.get("/api/v1/admin/events/" + id, "Authorization", "Bearer " + token("viewer"));
        assertThat(answer.toString())
                .contains(
                        "{\"id\" : 90071992547409931,\"price\":1.10,\"who\":\"• ••• •••-••-89\",\"n\":\"••••••••89\"}");
    }
}
