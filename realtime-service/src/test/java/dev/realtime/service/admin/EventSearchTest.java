package dev.realtime.service.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.TestSocket;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import io.jsonwebtoken.Jwts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.JsonNode;

/** The search of past events, as a viewer. */
@ExtendWith(OutputCaptureExtension.class)
class EventSearchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "the-admin-secret-of-the-tests-0123456789";

    private static TestRedis redis;
    private static TestService service;
    private static String call;
    private static String order;
    private static String notification;
    private static String numbers;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        service = TestService.start(redis, "realtime.admin.secret=" + SECRET);
        call = broadcast("call-new", """
                "call": {"id": 4711, "operatorId": 17, "phoneClient": "+7 (912) 345-67-89", "phoneAts": "55-01-02"}""");
        order = broadcast("order-new", """
                "order": {"id": 80, "city": "Орёл", "clientName": "Артём", "phones": ["8 800 200-30-40"]}""");
        notification = broadcast("notification", """
                "notification": {"message": "Ring 8 912 345 67 89 ext. 5, please"}, "rooms": ["operator:17", "city:Вольск"]""");
        numbers = broadcast("call-updated", """
                "call": {"id": "abc", "status": "done", "num": 79123456789, "operatorName": "Пётр 89001112233"}""");
    }

    @AfterAll
    static void stop() {
        service.close();
        redis.close();
    }

    private static String broadcast(String event, String members) {
        Answer answer = service.broadcast(event, "{\"token\":\"" + TestService.WEBHOOK_TOKEN + "\"," + members + "}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().get("id").asString();
    }

    private static String token() {
        return Jwts.builder()
                .subject("olga")
                .claim("role", "viewer")
                .audience()
                .add("admin-api")
                .and()
                .expiration(Date.from(Instant.now().plusSeconds(600)))
                .signWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact();
    }

    private static Answer ask(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder("/api/v1/admin/events?count=500");
        parameters.forEach((name, value) ->
                query.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return service.get(query.toString(), "Authorization", "Bearer " + token());
    }

    private static JsonNode page(Map<String, String> parameters) {
        Answer answer = ask(parameters);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> found(String... parameters) {
        Map<String, String> query = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.put(parameters[i], parameters[i + 1]);
        }
        return page(query)
                .get("items")
                .valueStream()
                .map(event -> event.get("id").asString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+79123456789",
                "89123456789",
                "9123456789",
                "+7 912 345-67-89",
                " 8 (912) 345-67-89, доб. 12",
                "8 912 345 67 89"
            })
    void aPhoneNumberIsFoundInEveryFormOfIt(String typed, CapturedOutput output) {
        JsonNode found = page(Map.of("phone", typed));
        assertThat(found.get("items").valueStream().map(event -> event.get("id").asString()))
                .containsExactly(numbers, notification, call);
        assertThat(found.toString())
                .contains("89")
                .doesNotContain("345-67", "345 67", "79123456789", "55-01", "9001112233");
        assertThat(output.getAll()).doesNotContain("9123456789", "912 345", "(912)");
    }

    @Test
    void aNumberInAListOrOfAnOfficeIsFound() {
        assertThat(found("phone", "+7 800 200 30 40")).containsExactly(order);
        assertThat(found("phone", "550102")).containsExactly(call);
        assertThat(found("phone", "89001112233")).containsExactly(numbers);
        assertThat(found("phone", "+7 912 345-67-80")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6789", "Артём", "8 912 345 67 89 или 8 912 345 67 80", "+"})
    void whatIsNotOneWholeNumberIsRefusedAndNotRepeated(String typed) {
        Answer answer = ask(Map.of("phone", typed));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/path").asString()).isEqualTo("phone");
        if (typed.length() > 1) {
            assertThat(answer.toString()).doesNotContain(typed.substring(0, 4));
        }
    }

    @Test
    void partsOfHiddenNumbersAreNotFoundByOtherConditions() {
        assertThat(found("operator", "петр")).containsExactly(numbers);
        assertThat(found("operator", "Пётр 8900")).isEmpty();
    }

    @Test
    void eventsOfAnOperatorByIdAndByName() {
        assertThat(found("operator", "17")).containsExactly(notification, call);
        String token = Jwts.builder()
                .subject("17")
                .claim("role", "operator")
                .claim("name", "Анна Артёмова")
                .expiration(Date.from(Instant.now().plusSeconds(600)))
                .signWith(
                        new SecretKeySpec(TestService.JWT_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"),
                        Jwts.SIG.HS256)
                .compact();
        try (TestSocket anna = TestSocket.connect(service.port(), token)) {
            anna.await("42[\"connected\"");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(found("operator", "артемова", "event", "call:new,notification"))
                            .containsExactly(notification, call));
        }
    }

    @Test
    void eventsOfACallAnOrderACityAndAName() {
        assertThat(found("subject", "4711")).containsExactly(call);
        assertThat(found("subject", "abc")).containsExactly(numbers);
        assertThat(found("subject", "80")).containsExactly(order);
        assertThat(found("city", "ОРЕЛ")).containsExactly(order);
        assertThat(found("city", "вольск")).containsExactly(notification);
        assertThat(found("event", "call:new,order:new")).containsExactly(order, call);
        assertThat(found("event", "call:new", "city", "орёл")).isEmpty();
    }

    @Test
    void aPeriodEndsTheSearch() {
        String at = Instant.ofEpochMilli(Long.parseLong(order.substring(0, order.indexOf('-'))))
                .toString();
        JsonNode page = page(Map.of("after", at, "phone", "89123456789"));
        assertThat(page.get("done").asBoolean()).isTrue();
        assertThat(page.get("searchedTo").asString()).isEqualTo(at);
        assertThat(page.get("items")).hasSizeLessThan(3);
        assertThat(page(Map.of("phone", "89123456789")).has("searchedTo")).isFalse();
        assertThat(ask(Map.of("after", "yesterday")).status()).isEqualTo(400);
    }

    @Test
    void aLongSearchGoesOnAndTellsHowFarItIs() {
        String text = "y".repeat(240_000);
        String first = broadcast("notification", "\"notification\":{\"message\":\"8 921 000-11-22\"}");
        for (int n = 0; n < 45; n++) {
            service.bean(StreamBridge.class)
                    .send(
                            "events-out",
                            MessageBuilder.withPayload(
                                            ("{\"message\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8))
                                    .copyHeaders(Map.of(
                                            StreamHeaders.EVENT,
                                            "notification",
                                            StreamHeaders.ROOMS,
                                            List.of("order:large")))
                                    .build());
        }
        List<String> ids = new ArrayList<>();
        List<Instant> reached = new ArrayList<>();
        String place = "";
        int pages = 0;
        while (true) {
            JsonNode page = page(Map.of("phone", "+79210001122", "before", place));
            pages++;
            page.get("items")
                    .valueStream()
                    .forEach(event -> ids.add(event.get("id").asString()));
            if (page.get("done").asBoolean()) {
                assertThat(page.has("before")).isFalse();
                break;
            }
            reached.add(Instant.parse(page.get("searchedTo").asString()));
            assertThat(reached.getLast())
                    .isAfterOrEqualTo(Instant.parse(page.get("oldest").asString()));
            place = page.get("before").asString();
        }
        assertThat(ids).containsExactly(first);
        assertThat(pages).isGreaterThan(1);
        assertThat(reached).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }
}
