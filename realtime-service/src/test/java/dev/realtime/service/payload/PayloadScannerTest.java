package dev.realtime.service.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadScannerTest {

    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05.600Z");

    private static ScannedRequest scan(BroadcastEvent event, String body) throws InvalidPayloadException {
        return PayloadScanner.request(event, body.getBytes(UTF_8), NOW);
    }

    private static String payload(BroadcastEvent event, String body) throws InvalidPayloadException {
        return new String(scan(event, body).broadcast().payload(), UTF_8);
    }

    private static List<Room> rooms(BroadcastEvent event, String body) throws InvalidPayloadException {
        return scan(event, body).broadcast().rooms();
    }

    private static InvalidPayloadException refusal(BroadcastEvent event, String body) {
        return refusal(event, body.getBytes(UTF_8));
    }

    private static InvalidPayloadException refusal(BroadcastEvent event, byte[] body) {
        InvalidPayloadException e = catchThrowableOfType(
                InvalidPayloadException.class,
                () -> PayloadScanner.request(event, body, NOW).broadcast());
        assertThat(e).as("a refusal").isNotNull();
        return e;
    }

    private static List<String> paths(BroadcastEvent event, String body) {
        InvalidPayloadException e = refusal(event, body);
        assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        return e.violations().stream().map(Violation::path).toList();
    }

    private static ErrorCode malformed(String latin1) {
        InvalidPayloadException e = catchThrowableOfType(
                InvalidPayloadException.class,
                () -> PayloadScanner.request(BroadcastEvent.CALL_NEW, latin1.getBytes(ISO_8859_1), NOW));
        assertThat(e).as("a refusal before the token is judged").isNotNull();
        return e.code();
    }

    // Bytes pass through

    static Stream<String> payloadsToLeaveAlone() {
        return Stream.of(
                "{\"id\":1}",
                "{ \"id\" : 1 }",
                "{\n\t\"id\"\r\n:\t\"a\"\n}",
                "{\"id\":12345678901234567890123456789012345678901234567890}",
                "{\"id\":-0}",
                "{\"id\":1,\"n\":1e400,\"m\":12345678901234567890.000,\"k\":-0.0,\"l\":1E+2,\"j\":0.10}",
                "{\"id\":1,\"pi\":3." + "1".repeat(2000) + "}",
                "{\"id\":1,\"big\":" + "9".repeat(5000) + "}",
                "{\"id\":\"\\u0031\\/\\\"\\\\\\n\",\"x\":\"\\u0434\\ud83d\\ude00\"}",
                "{\"id\":1,\"x\":\"\\ud800\",\"y\":\"\\udc00\\ud800\"}",
                "{\"id\":1,\"\\ud83d\\ude00\":1,\"😀\":2,\"\\u0434\":3}",
                "{\"id\":1,\"x\":\"Саратов 😀 \u2028\u2029\uFEFF\u007F\uFFFF\"}",
                "{\"id\":1,\"Город\":{\"ё\":[1,[2,[3,{}]]],\"\":null}}",
                "{\"id\":1,\"x\":1,\"x\":2,\"x\":{\"id\":1,\"id\":2}}",
                "{\"id\":1,\"token\":\"mine\",\"rooms\":7,\"userId\":[]}",
                "{\"a\":[true,false,null,\"\"],\"id\":\"0\"}",
                "{\"operatorId\":null,\"id\":1,\"duration\":null,\"phoneClient\":null}",
                "{\"i\\u0064\":1}",
                "{\"__proto__\":{\"a\":1},\"id\":1}");
    }

    @ParameterizedTest
    @MethodSource("payloadsToLeaveAlone")
    void everyByteOfAPayloadPassesThrough(String payload) throws Exception {
        assertThat(payload(BroadcastEvent.CALL_NEW, "{\"call\":" + payload + "}"))
                .isEqualTo(payload);
        assertThat(payload(
                        BroadcastEvent.CALL_NEW,
                        " { \"token\" : \"t\" ,\n \"call\" : " + payload + " , \"rooms\":[\"operators\"] } \n"))
                .isEqualTo(payload);
        ValidPayload bare = PayloadScanner.scan(BroadcastEvent.CALL_NEW, (" " + payload + "\r\n").getBytes(UTF_8), NOW);
        assertThat(new String(bare.json(), UTF_8)).isEqualTo(payload);
    }

    @Test
    void randomPayloadsPassThroughWhateverIsAroundThem() throws Exception {
        Random random = new Random(20300102);
        for (int i = 0; i < 3000; i++) {
            JsonMaker maker = new JsonMaker(random);
            String payload = maker.objectWith("id", maker.id());
            String body = "{" + maker.space() + maker.members(2, "a") + "," + "\"call\"" + maker.space() + ":"
                    + maker.space() + payload + maker.space() + "," + maker.members(2, "b") + maker.space() + "}";
            assertThat(payload(BroadcastEvent.CALL_UPDATED, body)).as(body).isEqualTo(payload);
        }
    }

    @Test
    void randomFlatPayloadsLoseTokenAndRoomsAndNothingElse() throws Exception {
        Random random = new Random(20300103);
        for (int i = 0; i < 3000; i++) {
            JsonMaker maker = new JsonMaker(random);
            String first = maker.members(random.nextInt(3), "a");
            String last = maker.members(random.nextInt(3), "b");
            String required = "\"orderId\"" + maker.space() + ":" + maker.id();
            String token = "\"token\"" + maker.space() + ":" + maker.space() + "\"t\"";
            String rooms = "\"rooms\":" + maker.space() + "[" + maker.space() + "\"operators\"" + maker.space() + "]";
            List<String> all =
                    Stream.of(first, required, last).filter(s -> !s.isEmpty()).toList();
            String expected = "{" + String.join(",", all) + "}";
            // The two go anywhere between the others.
            List<String> mixed = new java.util.ArrayList<>(all);
            mixed.add(random.nextInt(mixed.size() + 1), token);
            mixed.add(random.nextInt(mixed.size() + 1), rooms);
            String body = "{" + String.join(",", mixed) + "}";
            assertThat(payload(BroadcastEvent.ORDER_STATUS_CHANGED, body))
                    .as(body)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"token\":\"t\",\"orderId\":1} | {\"orderId\":1}",
                "{\"orderId\":1,\"token\":\"t\"} | {\"orderId\":1}",
                "{ \"token\" : \"t\" , \"orderId\" : 1 } | { \"orderId\" : 1 }",
                "{ \"orderId\" : 1 , \"token\" : \"t\" } | { \"orderId\" : 1 }",
                "{\"token\":\"t\",\"rooms\":[\"operators\"],\"orderId\":1} | {\"orderId\":1}",
                "{\"orderId\":1,\"token\":\"t\",\"rooms\":[\"operators\"]} | {\"orderId\":1}",
                "{\"token\":\"t\",\"orderId\":1,\"rooms\":[\"operators\"],\"x\":2} | {\"orderId\":1,\"x\":2}",
                "{\"x\":{\"token\":\"kept\",\"rooms\":1},\"tok\\u0065n\":\"t\",\"orderId\":1} | {\"x\":{\"token\":\"kept\",\"rooms\":1},\"orderId\":1}",
            })
    void flatEventsLoseTokenAndRooms(String body, String expected) throws Exception {
        assertThat(payload(BroadcastEvent.ORDER_MASTER_ASSIGNED, body)).isEqualTo(expected);
    }

    // What is no JSON

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"call\":{\"id\":1}",
                "{\"call\":{\"id\":1}}}",
                "{\"call\":{\"id\":1}} {}",
                "{\"call\":{\"id\":1}} x",
                "{\"call\":{\"id\":1},}",
                "{,\"call\":{\"id\":1}}",
                "{\"call\":{\"id\":1 \"x\":2}}",
                "{'call':{'id':1}}",
                "{call:{id:1}}",
                "{\"call\":{\"id\":NaN}}",
                "{\"call\":{\"id\":1,\"x\":Infinity}}",
                "{\"call\":{\"id\":01}}",
                "{\"call\":{\"id\":+1}}",
                "{\"call\":{\"id\":.5}}",
                "{\"call\":{\"id\":5.}}",
                "{\"call\":{\"id\":1,\"x\":1e}}",
                "{\"call\":{\"id\":1,\"x\":-}}",
                "{\"call\":{\"id\":0x10}}",
                "{\"call\":{\"id\":1}/* c */}",
                "{\"call\":{\"id\":1}} // c",
                "# c\n{\"call\":{\"id\":1}}",
                "{\"call\":{\"id\":1,\"x\":\"a\nb\"}}",
                "{\"call\":{\"id\":1,\"x\":\"\\x\"}}",
                "{\"call\":{\"id\":1,\"x\":\"\\u12g4\"}}",
                "{\"call\":{\"id\":1,\"x\":\"\\u12\"}}",
                "{\"call\":{\"id\":1,\"x\":tru}}",
                "{\"call\":{\"id\":1,\"x\":True}}",
                "{\"call\":{\"id\":1,\"x\":[1,,2]}}",
                "{\"call\":{\"id\":1,\"x\":[1,2,]}}",
                "{\"call\":{\"id\":1]}",
                "{\"call\" {\"id\":1}}",
                "{\"call\":}",
                "nul",
                "[]",
                "[{\"call\":{\"id\":1}}]",
                "null",
                "17",
                "\"call\"",
                "{\"call\":{\"id\":1,\"\\ud800\":1}}",
                "\"",
                "token=t&call=1",
            })
    void whatIsNoJsonIsRefusedBeforeTheToken(String body) {
        assertThat(malformed(body)).isEqualTo(ErrorCode.BODY_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00ED\u00A0\u0080", // a surrogate
                "\u00ED\u00BF\u00BF",
                "\u00ED\u00A0\u00BD\u00ED\u00B8\u0080", // a pair of them (CESU-8)
                "\u00C0\u00AF", // overlong
                "\u00C1\u0081",
                "\u00E0\u0080\u00AF",
                "\u00F0\u0080\u0080\u00AF",
                "\u00C0\u0080",
                "\u00F4\u0090\u0080\u0080", // above U+10FFFF
                "\u00F5\u0080\u0080\u0080",
                "\u00F8\u0088\u0080\u0080\u0080",
                "\u00FE",
                "\u00FF",
                "\u0080",
                "\u00BF",
                "\u00D0", // truncated
                "\u00E2\u0082",
                "\u00F0\u009F\u0098",
                "\u00D1\u00E5\u00EC", // windows-1251
            })
    void whatIsNoUtf8IsRefusedWhereverItIs(String bytes) {
        assertThat(malformed("{\"call\":{\"id\":\"" + bytes + "\"}}")).isEqualTo(ErrorCode.BODY_MALFORMED);
        assertThat(malformed("{\"call\":{\"id\":1,\"unknown\":\"" + bytes + "\"}}"))
                .isEqualTo(ErrorCode.BODY_MALFORMED);
        assertThat(malformed("{\"call\":{\"id\":1,\"" + bytes + "\":1}}")).isEqualTo(ErrorCode.BODY_MALFORMED);
        assertThat(malformed("{\"call\":{\"id\":1},\"aside\":[\"" + bytes + "\"]}"))
                .isEqualTo(ErrorCode.BODY_MALFORMED);
        assertThat(malformed("{\"call\":{\"id\":1}}" + bytes)).isEqualTo(ErrorCode.BODY_MALFORMED);
        String far = "x".repeat(20_000);
        assertThat(malformed("{\"call\":{\"id\":1,\"u\":\"" + far + bytes + "\"}}"))
                .isEqualTo(ErrorCode.BODY_MALFORMED);
    }

    @Test
    void otherEncodingsOfJsonAreRefused() {
        String body = "{\"call\":{\"id\":1}}";
        for (var charset : List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                StandardCharsets.UTF_32)) {
            assertThat(refusal(BroadcastEvent.CALL_NEW, body.getBytes(charset)).code())
                    .isEqualTo(ErrorCode.BODY_MALFORMED);
        }
        assertThat(refusal(BroadcastEvent.CALL_NEW, "\uFEFF" + body).code()).isEqualTo(ErrorCode.BODY_MALFORMED);
    }

    @Test
    void nestingIsBounded() throws Exception {
        assertThatCode(() -> scan(BroadcastEvent.CALL_NEW, nested(62)).broadcast())
                .doesNotThrowAnyException();
        InvalidPayloadException e = refusal(BroadcastEvent.CALL_NEW, nested(63));
        assertThat(e.code()).isEqualTo(ErrorCode.BODY_MALFORMED);
        assertThat(e).hasMessageContaining("64");
        assertThat(refusal(BroadcastEvent.CALL_NEW, "[".repeat(500_000)).code()).isEqualTo(ErrorCode.BODY_MALFORMED);
    }

    private static String nested(int arrays) {
        return "{\"call\":{\"id\":1,\"x\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}}";
    }

    @Test
    void sizesAreBoundedToTheByte() throws Exception {
        String frame = "{\"id\":1,\"x\":\"\"}";
        String largest = frame.replace("\"\"", "\"" + "я".repeat((256 * 1024 - frame.length()) / 2) + "\"");
        largest = largest.replace("{\"id", "{" + " ".repeat(256 * 1024 - largest.getBytes(UTF_8).length) + "\"id");
        assertThat(largest.getBytes(UTF_8)).hasSize(256 * 1024);
        assertThat(payload(BroadcastEvent.CALL_NEW, "{\"call\":" + largest + "}"))
                .isEqualTo(largest);

        String tooLarge = largest.replace("{", "{ ");
        assertThat(refusal(BroadcastEvent.CALL_NEW, "{\"call\":" + tooLarge + "}")
                        .code())
                .isEqualTo(ErrorCode.BODY_TOO_LARGE);
        InvalidPayloadException bare = catchThrowableOfType(
                InvalidPayloadException.class,
                () -> PayloadScanner.scan(BroadcastEvent.CALL_NEW, tooLarge.getBytes(UTF_8), NOW));
        assertThat(bare.code()).isEqualTo(ErrorCode.BODY_TOO_LARGE);

        String aside = "{\"call\":{\"id\":1},\"aside\":\"" + "x".repeat(1024 * 1024) + "\"}";
        assertThat(refusal(BroadcastEvent.CALL_NEW, aside).code()).isEqualTo(ErrorCode.BODY_TOO_LARGE);
        String fits = aside.replace("x".repeat(100), "");
        assertThatCode(() -> scan(BroadcastEvent.CALL_NEW, fits).broadcast()).doesNotThrowAnyException();
    }

    // Tokens

    @Test
    void theTokenIsFoundWhereverItStands() throws Exception {
        assertThat(scan(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":1}}").token())
                .isNull();
        assertThat(scan(BroadcastEvent.CALL_NEW, "{\"token\":null,\"call\":{\"id\":1}}")
                        .token())
                .isNull();
        assertThat(scan(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":1,\"token\":\"x\"}}")
                        .token())
                .isNull();
        assertThat(scan(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":1},\"t\\u006fken\":\"\\u0061b\"}")
                        .token())
                .isEqualTo("ab");
        assertThat(scan(BroadcastEvent.ORDER_MASTER_ASSIGNED, "{\"orderId\":1,\"token\":\"x\"}")
                        .token())
                .isEqualTo("x");
    }

    @Test
    void aTokenOfAnotherTypeIsAWrongOne() throws Exception {
        for (String value : List.of("17", "true", "{\"a\":\"t\"}", "[\"t\"]", "\"\"")) {
            assertThat(scan(BroadcastEvent.CALL_NEW, "{\"token\":" + value + ",\"call\":{\"id\":1}}")
                            .token())
                    .isEmpty();
        }
    }

    @Test
    void aTokenIsToldEvenWhenTheRestIsInvalid() throws Exception {
        ScannedRequest request = scan(BroadcastEvent.CALL_NEW, "{\"call\":7,\"rooms\":{},\"token\":\"t\"}");
        assertThat(request.token()).isEqualTo("t");
        assertThat(paths(BroadcastEvent.CALL_NEW, "{\"call\":7,\"rooms\":{},\"token\":\"t\"}"))
                .containsExactly("call", "rooms");
    }

    // Validation

    static Stream<Arguments> invalid() {
        BroadcastEvent call = BroadcastEvent.CALL_ENDED;
        BroadcastEvent order = BroadcastEvent.ORDER_UPDATED;
        BroadcastEvent assigned = BroadcastEvent.ORDER_MASTER_ASSIGNED;
        BroadcastEvent changed = BroadcastEvent.ORDER_STATUS_CHANGED;
        BroadcastEvent notification = BroadcastEvent.NOTIFICATION;
        return Stream.of(
                Arguments.of(call, "{}", "call"),
                Arguments.of(call, "{\"call\":null}", "call"),
                Arguments.of(call, "{\"call\":[{\"id\":1}]}", "call"),
                Arguments.of(call, "{\"call\":{}}", "call.id"),
                Arguments.of(call, "{\"call\":{\"id\":null}}", "call.id"),
                Arguments.of(call, "{\"call\":{\"id\":\"\"}}", "call.id"),
                Arguments.of(call, "{\"call\":{\"id\":1.0}}", "call.id"),
                Arguments.of(call, "{\"call\":{\"id\":1e3}}", "call.id"),
                Arguments.of(call, "{\"call\":{\"id\":true}}", "call.id"),
                Arguments.of(call, "{\"call\":{\"id\":{\"id\":1}}}", "call.id"),
                Arguments.of(call, "{\"call\":{\"id\":\"\\ud800\"}}", "call.id"),
                Arguments.of(call, "{\"call\":{\"id\":1,\"id\":2}}", "call.id"),
                Arguments.of(call, "{\"call\":{\"id\":1,\"i\\u0064\":1}}", "call.id"),
                Arguments.of(call, "{\"call\":{\"id\":1},\"call\":{\"id\":1}}", "call"),
                Arguments.of(call, "{\"call\":{\"id\":1},\"c\\u0061ll\":7}", "call"),
                Arguments.of(call, "{\"token\":\"a\",\"call\":{\"id\":1},\"token\":\"a\"}", "token"),
                Arguments.of(call, "{\"call\":{\"id\":1,\"phoneClient\":79990001122}}", "call.phoneClient"),
                Arguments.of(call, "{\"call\":{\"id\":1,\"phoneAts\":[]}}", "call.phoneAts"),
                Arguments.of(call, "{\"call\":{\"id\":1,\"status\":false}}", "call.status"),
                Arguments.of(call, "{\"call\":{\"id\":1,\"recordingPath\":{}}}", "call.recordingPath"),
                Arguments.of(call, "{\"call\":{\"id\":1,\"operatorId\":1.5}}", "call.operatorId"),
                Arguments.of(call, "{\"call\":{\"id\":1,\"duration\":\"12\"}}", "call.duration"),
                Arguments.of(call, "{\"call\":{\"id\":1},\"rooms\":[]}", "rooms"),
                Arguments.of(call, "{\"call\":{\"id\":1},\"rooms\":\"operators\"}", "rooms"),
                Arguments.of(call, "{\"call\":{\"id\":1},\"rooms\":[\"operators\",7]}", "rooms[1]"),
                Arguments.of(call, "{\"call\":{\"id\":1},\"rooms\":[\"operators\",null]}", "rooms[1]"),
                Arguments.of(
                        call, "{\"call\":{\"id\":1},\"rooms\":[\"operators\",\"directors\",\"managers\"]}", "rooms[2]"),
                Arguments.of(call, "{\"call\":{\"id\":1},\"rooms\":[[\"operators\"]]}", "rooms[0]"),
                Arguments.of(call, "{\"call\":{\"id\":1},\"rooms\":[\"city:\"]}", "rooms[0]"),
                Arguments.of(call, "{\"call\":{\"id\":1},\"rooms\":[\"city:\\ud800\"]}", "rooms[0]"),
                Arguments.of(call, "{\"call\":{\"id\":1},\"rooms\":[\"a\"],\"rooms\":[\"operators\"]}", "rooms[0]"),
                Arguments.of(
                        call, "{\"call\":{\"id\":1},\"rooms\":[\"operators\"],\"rooms\":[\"operators\"]}", "rooms"),
                Arguments.of(order, "{\"call\":{\"id\":1}}", "order"),
                Arguments.of(order, "{\"order\":{\"id\":false}}", "order.id"),
                Arguments.of(order, "{\"order\":{\"id\":1,\"clientName\":1}}", "order.clientName"),
                Arguments.of(order, "{\"order\":{\"id\":1,\"city\":1}}", "order.city"),
                Arguments.of(order, "{\"order\":{\"id\":1,\"city\":\"\\udfff\"}}", "order.city"),
                Arguments.of(order, "{\"order\":{\"id\":1,\"statusOrder\":1}}", "order.statusOrder"),
                Arguments.of(order, "{\"order\":{\"id\":1,\"masterId\":[1]}}", "order.masterId"),
                Arguments.of(assigned, "{\"masterId\":1}", "orderId"),
                Arguments.of(assigned, "{\"orderId\":\"\"}", "orderId"),
                Arguments.of(assigned, "{\"orderId\":1,\"masterId\":{}}", "masterId"),
                Arguments.of(assigned, "{\"orderId\":1,\"masterName\":1}", "masterName"),
                Arguments.of(assigned, "{\"orderId\":1,\"orderId\":1}", "orderId"),
                Arguments.of(changed, "{\"orderId\":1,\"oldStatus\":1}", "oldStatus"),
                Arguments.of(changed, "{\"orderId\":1,\"newStatus\":[]}", "newStatus"),
                Arguments.of(notification, "{\"message\":\"m\"}", "notification"),
                Arguments.of(notification, "{\"notification\":{}}", "notification.message"),
                Arguments.of(notification, "{\"notification\":{\"message\":\"\"}}", "notification.message"),
                Arguments.of(notification, "{\"notification\":{\"message\":5}}", "notification.message"),
                Arguments.of(
                        notification,
                        "{\"notification\":{\"message\":\"m\",\"severity\":\"fatal\"}}",
                        "notification.severity"),
                Arguments.of(
                        notification, "{\"notification\":{\"message\":\"m\",\"severity\":1}}", "notification.severity"),
                Arguments.of(notification, "{\"notification\":{\"message\":\"m\",\"type\":{}}}", "notification.type"),
                Arguments.of(
                        notification,
                        "{\"notification\":{\"message\":\"m\",\"timestamp\":1}}",
                        "notification.timestamp"),
                Arguments.of(notification, "{\"notification\":{\"message\":\"m\"},\"userId\":\"\"}", "userId"),
                Arguments.of(notification, "{\"notification\":{\"message\":\"m\"},\"userId\":1.5}", "userId"),
                Arguments.of(notification, "{\"notification\":{\"message\":\"m\"},\"userId\":[1]}", "userId"),
                Arguments.of(
                        notification, "{\"notification\":{\"message\":\"m\"},\"userId\":1,\"userId\":1}", "userId"),
                Arguments.of(
                        notification,
                        "{\"notification\":{\"message\":\"m\",\"timestamp\":null},\"notification\":\"x\"}",
                        "notification"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void whatIsInvalidIsRefusedWithItsPath(BroadcastEvent event, String body, String path) {
        assertThat(paths(event, body)).contains(path);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceUpToABound() {
        assertThat(paths(
                        BroadcastEvent.CALL_NEW,
                        "{\"call\":{\"phoneClient\":1,\"duration\":\"x\"},\"rooms\":[\"a\",\"operators\",5]}"))
                .containsExactly("call.phoneClient", "call.duration", "call.id", "rooms[0]", "rooms[2]");
        String many = IntStream.range(0, 5000).mapToObj(i -> "7").collect(Collectors.joining(","));
        assertThat(paths(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":1},\"rooms\":[" + many + "]}"))
                .hasSize(20);
    }

    @Test
    void aRefusalNeverRepeatsWhatWasSent() {
        InvalidPayloadException e =
                refusal(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":1,\"phoneClient\":79990001122}}");
        assertThat(e.getMessage() + e.violations()).doesNotContain("7999");
        InvalidPayloadException broken = refusal(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":secret}}");
        assertThat(broken.getMessage() + broken.violations()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"duration\":12.5,\"operatorId\":\"a-7\",\"status\":\"\"}",
                "{\"id\":\"uuid\",\"operatorId\":99999999999999999999,\"phoneClient\":\"\"}",
            })
    void knownMembersOfTheRightTypePass(String payload) throws Exception {
        assertThat(payload(BroadcastEvent.CALL_NEW, "{\"call\":" + payload + "}"))
                .isEqualTo(payload);
    }

    // Rooms

    @ParameterizedTest
    @EnumSource(
            value = BroadcastEvent.class,
            names = {"CALL_NEW", "CALL_UPDATED", "CALL_ENDED"})
    void callsGoToOperatorsDirectorsAndTheirOperator(BroadcastEvent event) throws Exception {
        assertThat(rooms(event, "{\"call\":{\"id\":1}}")).containsExactly(Room.OPERATORS, Room.DIRECTORS);
        assertThat(rooms(event, "{\"call\":{\"id\":1,\"operatorId\":null}}"))
                .containsExactly(Room.OPERATORS, Room.DIRECTORS);
        assertThat(rooms(event, "{\"call\":{\"id\":1,\"operatorId\":\"\"}}"))
                .containsExactly(Room.OPERATORS, Room.DIRECTORS);
        assertThat(rooms(event, "{\"call\":{\"id\":1,\"operatorId\":17}}"))
                .containsExactly(Room.OPERATORS, Room.DIRECTORS, Room.operator("17"));
    }

    @ParameterizedTest
    @EnumSource(
            value = BroadcastEvent.class,
            names = {"ORDER_NEW", "ORDER_UPDATED"})
    void ordersGoToOperatorsDirectorsTheirCityAndTheirWatchers(BroadcastEvent event) throws Exception {
        assertThat(rooms(event, "{\"order\":{\"id\":5}}"))
                .containsExactly(Room.OPERATORS, Room.DIRECTORS, Room.order("5"));
        assertThat(rooms(event, "{\"order\":{\"id\":\"a\",\"city\":\" Нижний Новгород \"}}"))
                .containsExactly(Room.OPERATORS, Room.DIRECTORS, Room.city("Нижний Новгород"), Room.order("a"));
        assertThat(rooms(event, "{\"order\":{\"id\":" + "9".repeat(200) + ",\"city\":\"  \"}}"))
                .as("what cannot name a room is skipped")
                .containsExactly(Room.OPERATORS, Room.DIRECTORS);
    }

    @ParameterizedTest
    @EnumSource(
            value = BroadcastEvent.class,
            names = {"ORDER_MASTER_ASSIGNED", "ORDER_STATUS_CHANGED"})
    void changesOfOrdersGoToTheirWatchersToo(BroadcastEvent event) throws Exception {
        assertThat(rooms(event, "{\"orderId\":5}")).containsExactly(Room.OPERATORS, Room.DIRECTORS, Room.order("5"));
    }

    @Test
    void notificationsGoToEverybodyOrToWhomTheyName() throws Exception {
        String notification = "{\"notification\":{\"message\":\"m\"}";
        assertThat(rooms(BroadcastEvent.NOTIFICATION, notification + "}")).containsExactly(Room.EVERYONE);
        assertThat(rooms(BroadcastEvent.NOTIFICATION, notification + ",\"userId\":null}"))
                .containsExactly(Room.EVERYONE);
        assertThat(rooms(BroadcastEvent.NOTIFICATION, notification + ",\"userId\":17}"))
                .containsExactly(Room.user("17"));
        assertThat(rooms(BroadcastEvent.NOTIFICATION, notification + ",\"userId\":\"u-1\",\"rooms\":[\"operators\"]}"))
                .containsExactly(Room.OPERATORS, Room.user("u-1"));
    }

    @Test
    void namedRoomsReplaceTheDefaultOnesEachOnce() throws Exception {
        assertThat(
                        rooms(
                                BroadcastEvent.CALL_NEW,
                                "{\"call\":{\"id\":1,\"operatorId\":2},\"rooms\":[\"city:Саратов\",\"order:1\",\"city:\\u0421аратов\"]}"))
                .containsExactly(Room.city("Саратов"), Room.order("1"));
        assertThat(rooms(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":1},\"rooms\":null}"))
                .containsExactly(Room.OPERATORS, Room.DIRECTORS);
    }

    @Test
    void atMostAHundredRooms() throws Exception {
        assertThat(rooms(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":1},\"rooms\":[" + orders(100) + "]}"))
                .hasSize(100);
        assertThat(paths(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":1},\"rooms\":[" + orders(101) + "]}"))
                .containsExactly("rooms");
    }

    private static String orders(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"order:" + i + "\"").collect(Collectors.joining(","));
    }

    // Timestamps

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":\"m\"} | {\"message\":\"m\",\"timestamp\":\"2030-01-02T03:04:05.600Z\"}",
                "{ \"message\":\"m\" } | { \"message\":\"m\" ,\"timestamp\":\"2030-01-02T03:04:05.600Z\"}",
                "{\"timestamp\" : null,\"message\":\"m\"} | {\"timestamp\" : \"2030-01-02T03:04:05.600Z\",\"message\":\"m\"}",
                "{\"message\":\"m\",\"timestamp\":\"yesterday\"} | {\"message\":\"m\",\"timestamp\":\"yesterday\"}",
                "{\"message\":\"m\",\"data\":{\"timestamp\":1}} | {\"message\":\"m\",\"data\":{\"timestamp\":1},\"timestamp\":\"2030-01-02T03:04:05.600Z\"}",
            })
    void aNotificationGetsATimestampWhenItHasNone(String sent, String delivered) throws Exception {
        assertThat(payload(BroadcastEvent.NOTIFICATION, "{\"token\":\"t\",\"notification\":" + sent + "}"))
                .isEqualTo(delivered);
        ValidPayload bare = PayloadScanner.scan(BroadcastEvent.NOTIFICATION, sent.getBytes(UTF_8), NOW);
        assertThat(new String(bare.json(), UTF_8)).isEqualTo(delivered);
        assertThat(bare.defaultRooms()).containsExactly(Room.EVERYONE);
    }

    // Fingerprints

    @Test
    void theFingerprintIsOfTheBodyWithoutTheToken() throws Exception {
        String one = scan(BroadcastEvent.CALL_NEW, "{\"token\":\"a\",\"call\":{\"id\":1}}")
                .fingerprint();
        assertThat(one).hasSize(64);
        assertThat(scan(BroadcastEvent.CALL_NEW, "{\"token\":\"b\",\"call\":{\"id\":1}}")
                        .fingerprint())
                .isEqualTo(one);
        assertThat(scan(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":1}}").fingerprint())
                .isEqualTo(one);
        assertThat(scan(BroadcastEvent.CALL_NEW, "{\"token\":\"a\",\"call\":{\"id\":2}}")
                        .fingerprint())
                .isNotEqualTo(one);
        assertThat(scan(BroadcastEvent.CALL_NEW, "{\"call\":{\"id\":1},\"rooms\":[\"operators\"]}")
                        .fingerprint())
                .isNotEqualTo(one);
    }

    @Test
    void cuttingTheHeaviestMembersOutIsLinear() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"token\":\"t\"".getBytes(UTF_8));
        for (int i = 0; i < 15_000; i++) {
            body.writeBytes((",\"m" + i + "\":0").getBytes(UTF_8));
        }
        body.writeBytes(",\"orderId\":1}".getBytes(UTF_8));
        byte[] payload = PayloadScanner.request(BroadcastEvent.ORDER_STATUS_CHANGED, body.toByteArray(), NOW)
                .broadcast()
                .payload();
        assertThat(payload).hasSize(body.size() - "\"token\":\"t\",".length());
    }
}
