package dev.realtime.service.history;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static dev.realtime.service.rest.TestService.jwt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.gateway.access.Reach;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import tools.jackson.databind.JsonNode;

class HistoryApiTest {

    private static final String PATH = "/api/v1/events";

    private final TestService service = TestService.shared();

    private Answer asService(String query) {
        return service.get(PATH + query, "X-Webhook-Token", WEBHOOK_TOKEN);
    }

    private Answer asUser(String token, String query) {
        return service.get(PATH + query, "Authorization", "Bearer " + token);
    }

    private String head() {
        return head(service);
    }

    private void post(String event, String members) {
        Answer answer = service.broadcast(event, "{\"token\":\"" + WEBHOOK_TOKEN + "\"," + members + "}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private void call(String id, String... rooms) {
        String list = rooms.length == 0 ? "" : ",\"rooms\":[\"" + String.join("\",\"", rooms) + "\"]";
        post("call-new", "\"call\":{\"id\":\"" + id + "\"}" + list);
    }

    private static String rooms(String... rooms) {
        StringBuilder query = new StringBuilder();
        for (String room : rooms) {
            query.append("&rooms=").append(URLEncoder.encode(room, StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    private static List<JsonNode> events(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().get("events").valueStream().toList();
    }

    private static List<String> ids(Answer answer) {
        return events(answer).stream()
                .map(event -> event.at("/payload/id").asString())
                .toList();
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
    }

    // What there is

    @Test
    void withoutAPositionTheAnswerSaysWhereToBegin() {
        call("before");
        JsonNode begin = asService("").json();
        assertThat(begin.get("events").size()).isZero();
        assertThat(begin.get("more").asBoolean()).isFalse();
        assertThat(begin.get("next").asString())
                .isEqualTo(begin.get("head").asString())
                .matches("[0-9a-z]{6}-\\d+-\\d+");
        call("after");
        assertThat(ids(asService("?after=" + begin.get("next").asString()))).containsExactly("after");
    }

    @Test
    void whatWasAcceptedBeforeTheQuestionIsInTheAnswerInItsOrder() {
        String begin = head();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            call("c" + i);
            sent.add("c" + i);
            Answer answer = asService("?after=" + begin);
            assertThat(ids(answer)).isEqualTo(sent);
            assertThat(answer.json().get("more").asBoolean()).isFalse();
        }
    }

    @Test
    void anEventToSeveralRoomsIsThereOnceWithThoseThatWereAskedFor() {
        String begin = head();
        call("both", "operators", "city:Саратов", "directors");
        call("one", "operators");
        call("none", "order:5");
        List<JsonNode> ofService = events(asService("?after=" + begin + rooms("operators", "city:Саратов")));
        assertThat(ofService).hasSize(2);
        assertThat(ofService.getFirst().get("rooms").toString()).isEqualTo("[\"operators\",\"city:Саратов\"]");
        assertThat(ofService.getFirst().get("event").asString()).isEqualTo("call:new");
        assertThat(events(asService("?after=" + begin)).getFirst().get("rooms").size())
                .isEqualTo(3);
        // Without rooms of its own a call goes to the default ones, and is found there.
        post("call-new", "\"call\":{\"id\":\"default\",\"operatorId\":4}");
        assertThat(ids(asService("?after=" + begin + rooms("operator:4")))).containsExactly("default");
    }

    @Test
    void payloadsAreTheBytesThatWereSent() {
        String begin = head();
        String payload =
                "{\"id\":12345678901234567890123,\"amount\":1.50,  \"exp\":1e400,\"text\":\"\\u0041 Ж\",\"id2\":-0}";
        post("order-new", "\"order\":" + payload);
        assertThat(asService("?after=" + begin).text()).contains("\"payload\":" + payload);
    }

    @Test
    void positionsAreThoseOfTheEventsAndGoOnFromEachOfThem() {
        String begin = head();
        IntStream.range(0, 5).forEach(i -> call("p" + i));
        List<JsonNode> all = events(asService("?after=" + begin));
        for (int i = 0; i < all.size(); i++) {
            String after = all.get(i).get("position").asString();
            assertThat(ids(asService("?after=" + after)))
                    .isEqualTo(IntStream.range(i + 1, 5).mapToObj(n -> "p" + n).toList());
        }
    }

    @Test
    void pagesLeadFromOneToTheNext() {
        String begin = head();
        IntStream.range(0, 25).forEach(i -> call("p" + i, i % 2 == 0 ? "operators" : "directors"));
        List<String> seen = new ArrayList<>();
        String next = begin;
        int pages = 0;
        for (boolean more = true; more; pages++) {
            Answer answer = asService("?after=" + next + "&limit=5" + rooms("operators"));
            assertThat(ids(answer)).hasSizeLessThanOrEqualTo(5);
            seen.addAll(ids(answer));
            next = answer.json().get("next").asString();
            more = answer.json().get("more").asBoolean();
            assertThat(pages).isLessThan(10);
        }
        assertThat(seen)
                .isEqualTo(IntStream.range(0, 25)
                        .filter(i -> i % 2 == 0)
                        .mapToObj(i -> "p" + i)
                        .toList());
        // Where nothing is wanted it goes on all the same.
        JsonNode nothing = asService("?after=" + begin + rooms("order:nobodys")).json();
        assertThat(nothing.get("events").size()).isZero();
        assertThat(nothing.get("more").asBoolean()).isFalse();
        call("later", "order:nobodys");
        assertThat(ids(asService("?after=" + nothing.get("next").asString() + rooms("order:nobodys"))))
                .containsExactly("later");
    }

    @Test
    void aPageHasAtMostAMegabyte() {
        String begin = head();
        String text = "x".repeat(240_000);
        for (int i = 0; i < 6; i++) {
            post("call-new", "\"call\":{\"id\":\"large" + i + "\",\"note\":\"" + text + "\"}");
        }
        Answer first = asService("?after=" + begin);
        assertThat(first.response().body()).hasSizeBetween(900_000, 1_000_000);
        assertThat(first.json().get("more").asBoolean()).isTrue();
        List<String> ids = new ArrayList<>(ids(first));
        ids.addAll(ids(asService("?after=" + first.json().get("next").asString())));
        assertThat(ids)
                .isEqualTo(IntStream.range(0, 6).mapToObj(i -> "large" + i).toList());
    }

    @Test
    void aThousandEventsFitAPageAndNoMore() {
        String begin = head();
        IntStream.range(0, 1_005).parallel().forEach(i -> call("t" + i));
        assertThat(events(asService("?after=" + begin))).hasSize(HistoryController.USUAL);
        Answer most = asService("?after=" + begin + "&limit=1000");
        assertThat(events(most)).hasSize(HistoryController.MOST);
        assertThat(events(asService("?after=" + most.json().get("next").asString())))
                .hasSize(5);
    }

    // For whom

    @Test
    void aUserGetsTheRoomsThatItMayBeIn() {
        String begin = head();
        call("own", "operator:17");
        call("others", "operator:18");
        call("all", "operators", "directors");
        call("bosses", "directors");
        call("order", "order:7");
        call("everyone", "everyone");
        call("user", "user:17");
        post("notification", "\"notification\":{\"id\":\"role\",\"message\":\"a\"},\"rooms\":[\"role:operator\"]");
        String operator = jwt(17, "operator");
        String after = "?after=" + begin;
        assertThat(ids(asUser(operator, after))).containsExactly("own", "all", "everyone", "user", "role");
        assertThat(ids(asUser(operator, after + rooms("order:7")))).containsExactly("order");
        assertThat(ids(asUser(operator, after + rooms("everyone", "role:operator", "order:7"))))
                .containsExactly("order", "everyone", "role");
        // It learns nothing of the other rooms an event went to.
        assertThat(events(asUser(operator, after)).get(1).get("rooms").toString())
                .isEqualTo("[\"operators\"]");
        assertThat(ids(asUser(jwt(1, "director"), after + rooms("operator:18", "directors"))))
                .containsExactly("others", "all", "bosses");
        assertThat(ids(asUser(jwt(17, "stranger"), after))).containsExactly("everyone", "user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"directors", "operator:18", "user:18", "role:director"})
    void noUserGetsARoomThatItMayNotBeIn(String room) {
        String operator = jwt(17, "operator");
        refused(asUser(operator, "?after=" + head() + rooms("operators", room)), 403, "room_forbidden");
        refused(asUser(operator, "?" + rooms(room).substring(1)), 403, "room_forbidden");
    }

    @Test
    void onlyThoseWithATokenAreAnswered() {
        refused(service.get(PATH), 401, "token_missing");
        refused(service.get(PATH, "X-Webhook-Token", "wrong"), 401, "token_invalid");
        refused(asUser("wrong", ""), 401, "token_invalid");
        assertThat(asUser(WEBHOOK_TOKEN, "").status()).isEqualTo(200);
        for (String path : new String[] {PATH + "/", PATH + "/1"}) {
            refused(service.get(path, "X-Webhook-Token", WEBHOOK_TOKEN), 404, "not_found");
        }
        refused(service.send("POST", PATH, new byte[0], "X-Webhook-Token", WEBHOOK_TOKEN), 405, "method_not_allowed");
    }

    // What is refused

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "1893553445600-0", "abcdef-1", "abcdef-1-", "ABCDEF-1-1", "abcdef-1-99999999999999999999"})
    void whatIsNoPositionIsRefused(String text) {
        refused(asService("?after=" + text), 400, "position_invalid");
        assertThat(asService("?after=" + text).json().at("/errors/0/path").asString())
                .isEqualTo("after");
    }

    @Test
    void aPositionOfAnotherEpochIsGone() {
        String head = head();
        String otherEpoch = (head.startsWith("aaaaaa") ? "bbbbbb" : "aaaaaa") + head.substring(6);
        refused(asService("?after=" + otherEpoch), 410, "epoch_changed");
    }

    @Test
    void parametersAreWithinBounds() {
        for (String limit : new String[] {"0", "-1", "1001", "x", "1.5"}) {
            refused(asService("?limit=" + limit), 400, "validation_failed");
        }
        refused(asService("?rooms=nothing"), 400, "room_unknown");
        refused(asService("?rooms=city:"), 400, "room_invalid");
        String many = Stream.iterate(0, i -> i + 1)
                .limit(Reach.MOST_ROOMS + 1)
                .map(i -> "rooms=order:" + i)
                .reduce((a, b) -> a + "&" + b)
                .orElseThrow();
        refused(asService("?" + many), 400, "validation_failed");
    }

    @Test
    void whatIsNotKeptIsGoneAndWhileRedisIsAwayThereIsNoHistory() {
        try (TestRedis redis = TestRedis.started();
                TestService own = TestService.start(redis, "realtime.recovery.ring-bytes=1MB")) {
            String begin = head(own);
            String note = "x".repeat(240_000);
            for (int i = 0; i < 12; i++) {
                String call = "\"call\":{\"id\":" + i + ",\"note\":\"" + note + "\"}";
                assertThat(own.broadcast("call-new", "{\"token\":\"" + WEBHOOK_TOKEN + "\"," + call + "}")
                                .status())
                        .isEqualTo(200);
            }
            String after = "?after=" + head(own);
            try (RedisConnection connection =
                    own.bean(RedisConnectionFactory.class).getConnection()) {
                connection.streamCommands().xTrim("events".getBytes(StandardCharsets.UTF_8), 2);
            }
            refused(own.get(PATH + "?after=" + begin, "X-Webhook-Token", WEBHOOK_TOKEN), 410, "position_expired");
            assertThat(own.get(PATH + after, "X-Webhook-Token", WEBHOOK_TOKEN).status())
                    .isEqualTo(200);

            redis.stop();
            for (String query : new String[] {"", after}) {
                Answer away = own.get(PATH + query, "X-Webhook-Token", WEBHOOK_TOKEN);
                refused(away, 503, "backplane_unavailable");
                assertThat(away.header("Retry-After")).isEqualTo("1");
            }
        }
    }

    private static String head(TestService service) {
        return service.get(PATH, "X-Webhook-Token", WEBHOOK_TOKEN)
                .json()
                .get("head")
                .asString();
    }
}
