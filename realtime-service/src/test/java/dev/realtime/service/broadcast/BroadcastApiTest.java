package dev.realtime.service.broadcast;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastApiTest {

    private static final String TOKEN = "\"token\":\"" + WEBHOOK_TOKEN + "\"";
    private static final String CALL = "{" + TOKEN + ",\"call\":{\"id\":1}}";

    private final TestService service = TestService.shared();

    private static Answer refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
        assertThat(answer.json().get("type").asString()).isNotEmpty();
        assertThat(answer.json().get("title").asString()).isNotEmpty();
        assertThat(answer.json().get("detail").asString()).isNotEmpty();
        assertThat(answer.text()).doesNotContain(WEBHOOK_TOKEN);
        return answer;
    }

    /** The others are sent by the gateway alone. */
    private static Stream<BroadcastEvent> postedEvents() {
        return Arrays.stream(BroadcastEvent.values())
                .filter(event -> event.path().isPresent());
    }

    @ParameterizedTest
    @MethodSource("postedEvents")
    void everyEventGoesFromItsPathToItsRooms(BroadcastEvent event) throws Exception {
        String payload = "{\"" + event.requiredField() + "\":\"x\",\"timestamp\":\"t\"}";
        String members = event.payloadField().isPresent()
                ? "\"" + event.payloadField().get() + "\":" + payload
                : payload.substring(1, payload.length() - 1);
        try (Listener listener = Listener.in(service, Room.order("here"))) {
            Answer answer = service.broadcast(
                    event.path().orElseThrow(), "{" + TOKEN + "," + members + ",\"rooms\":[\"order:here\"]}");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.json().get("success").asBoolean()).isTrue();
            assertThat(answer.json().get("id").asString()).matches("\\d+-\\d+");
            assertThat(answer.json().get("event").asString()).isEqualTo(event.wireName());
            assertThat(answer.json().get("rooms").toString()).isEqualTo("[\"order:here\"]");
            assertThat(listener.next()).isEqualTo("42[\"" + event.wireName() + "\"," + payload + "]");
        }
    }

    @Test
    void thePayloadArrivesAsTheBytesThatWereSent() throws Exception {
        String call = "{ \"id\" : 12345678901234567890 ,\t\"n\":1e400,\"m\":0.10, \"x\":\"\\u0434\\ud800 Саратов 😀\","
                + "\"deep\":{\"a\":[1.000,{}]},\"id2\":null}";
        try (Listener listener = Listener.in(service, Room.order("bytes"))) {
            Answer answer = service.broadcast(
                    "call-updated", "{\"rooms\":[\"order:bytes\"], \"call\":" + call + " ," + TOKEN + "}");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(listener.next()).isEqualTo("42[\"call:updated\"," + call + "]");
        }
    }

    @Test
    void aNotificationGetsATimestamp() throws Exception {
        try (Listener listener = Listener.in(service)) {
            service.broadcast(
                    "notification", "{" + TOKEN + ",\"notification\":{\"message\":\"m\"},\"userId\":\"nobody\"}");
            service.broadcast("notification", "{" + TOKEN + ",\"notification\":{\"message\":\"m\"}}");
            assertThat(listener.next())
                    .matches("42\\[\"notification\",\\{\"message\":\"m\",\"timestamp\":"
                            + "\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"}]");
        }
    }

    // Tokens

    @Test
    void theTokenIsTakenFromTheBodyAndFromEitherHeader() {
        String call = "{\"call\":{\"id\":1}}";
        assertThat(service.broadcast("call-new", CALL).status()).isEqualTo(200);
        assertThat(service.broadcast("call-new", call, "Authorization", "Bearer " + WEBHOOK_TOKEN)
                        .status())
                .isEqualTo(200);
        assertThat(service.broadcast("call-new", call, "Authorization", "bearer  " + WEBHOOK_TOKEN)
                        .status())
                .isEqualTo(200);
        assertThat(service.broadcast("call-new", call, "X-Webhook-Token", WEBHOOK_TOKEN)
                        .status())
                .isEqualTo(200);
        assertThat(service.broadcast(
                                "call-new",
                                CALL,
                                "X-Webhook-Token",
                                WEBHOOK_TOKEN,
                                "Authorization",
                                "Bearer " + WEBHOOK_TOKEN)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withoutATokenTheAnswerSaysWhatIsMissing() {
        for (String token : new String[] {"", "\"token\":null,"}) {
            Answer answer =
                    refused(service.broadcast("call-new", "{" + token + "\"call\":{\"id\":1}}"), 401, "token_missing");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"realtime\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"wrong\"",
                "17",
                "[\"" + WEBHOOK_TOKEN + "\"]",
                "\"" + WEBHOOK_TOKEN + "x\"",
                "\" " + WEBHOOK_TOKEN + "\""
            })
    void aWrongTokenInTheBodyIsRefused(String token) {
        Answer answer = refused(
                service.broadcast("call-new", "{\"token\":" + token + ",\"call\":{\"id\":1}}"), 401, "token_invalid");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer wrong",
        "Authorization, Basic dXNlcjpwYXNz",
        "Authorization, Bearer",
        "X-Webhook-Token, wrong",
        "X-Webhook-Token, ''",
    })
    void aWrongTokenInAHeaderIsRefusedEvenBesideARightOne(String header, String value) {
        refused(service.broadcast("call-new", "{\"call\":{\"id\":1}}", header, value), 401, "token_invalid");
        refused(service.broadcast("call-new", CALL, header, value), 401, "token_invalid");
    }

    @Test
    void aPersonsTokenIsNoWebhookToken() {
        refused(
                service.broadcast(
                        "call-new", "{\"call\":{\"id\":1}}", "Authorization", "Bearer " + TestService.jwt(1, "admin")),
                401,
                "token_invalid");
    }

    // The order of judgements

    @Test
    void whatIsWrongIsToldInOrder() {
        byte[] large = new byte[1024 * 1024 + 1];
        refused(service.broadcast("call-lost", large, "Content-Type", "text/plain"), 404, "event_unknown");
        refused(service.broadcast("call-new", large, "Content-Type", "text/plain"), 413, "body_too_large");
        refused(service.broadcast("call-new", "{", "Content-Type", "text/plain"), 415, "media_type_unsupported");
        refused(service.broadcast("call-lost", "{", "X-Webhook-Token", "wrong"), 404, "event_unknown");
        refused(service.broadcast("call-new", "{", "X-Webhook-Token", "wrong"), 401, "token_invalid");
        refused(service.broadcast("call-new", "{\"token\":\"wrong\""), 400, "body_malformed");
        refused(service.broadcast("call-new", "[]"), 400, "body_malformed");
        refused(service.broadcast("call-new", "{" + TOKEN + "}", "Idempotency-Key", "a b"), 400, "validation_failed");
        refused(service.broadcast("call-new", CALL, "Idempotency-Key", "a b"), 400, "idempotency_key_invalid");
    }

    @Test
    void aViolationIsToldWithItsPath() {
        Answer answer = refused(
                service.broadcast(
                        "call-new",
                        "{" + TOKEN + ",\"call\":{\"phoneClient\":79990001122},\"rooms\":[\"operators\",\"x\"]}"),
                400,
                "validation_failed");
        assertThat(answer.json()
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("path").asString()))
                .containsExactly("call.phoneClient", "call.id", "rooms[1]");
        assertThat(answer.text()).doesNotContain("7999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ED\u00A0\u0080", "\u00C0\u00AF", "\u00F4\u0090\u0080\u0080", "\u00E2\u0082"})
    void whatIsNoUtf8IsRefused(String bytes) {
        byte[] body = ("{" + TOKEN + ",\"call\":{\"id\":1,\"x\":\"" + bytes + "\"}}").getBytes(ISO_8859_1);
        refused(service.broadcast("call-new", body), 400, "body_malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=UTF-8",
                "Application/JSON; charset=\"utf-8\"",
                "application/vnd.calls+json",
            })
    void jsonMayCallItselfSo(String type) {
        assertThat(service.broadcast("call-new", CALL, "Content-Type", type).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=windows-1251",
                "application/json; charset=nonsense",
                "nonsense",
            })
    void otherMediaTypesAreRefused(String type) {
        refused(service.broadcast("call-new", CALL, "Content-Type", type), 415, "media_type_unsupported");
    }

    @Test
    void compressedBodiesAreRefusedAndUntypedOnesTaken() throws Exception {
        refused(service.broadcast("call-new", CALL, "Content-Encoding", "gzip"), 415, "media_type_unsupported");
        assertThat(service.send("POST", "/api/v1/broadcast/call-new", CALL.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png", "application/xml", "nonsense"})
    void whateverTheClientAcceptsItGetsJson(String accept) {
        Answer done = service.broadcast("call-new", CALL, "Accept", accept);
        assertThat(done.status()).as(done.toString()).isEqualTo(200);
        assertThat(done.header("Content-Type")).isEqualTo("application/json");
        refused(service.broadcast("call-new", "{", "Accept", accept), 400, "body_malformed");
        refused(service.broadcast("call-lost", "{", "Accept", accept), 404, "event_unknown");
    }

    @Test
    void otherMethodsAreToldWhichOneIsRight() {
        for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH"}) {
            Answer answer = service.send(method, "/api/v1/broadcast/call-new", null);
            refused(answer, 405, "method_not_allowed");
            assertThat(answer.header("Allow")).contains("POST");
        }
        refused(
                service.send(
                        "PUT",
                        "/api/v1/broadcast/call-new",
                        CALL.getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/x-www-form-urlencoded"),
                405,
                "method_not_allowed");
    }

    // Sizes

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadOfTwentyMegabytesIsAnsweredAndTheAnswerCanBeRead(boolean chunked) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            int size = 20 * 1024 * 1024;
            out.write(("POST /api/v1/broadcast/call-new HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                            + "Content-Type: application/json\r\n"
                            + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + size) + "\r\n\r\n")
                    .getBytes(ISO_8859_1));
            byte[] piece = new byte[64 * 1024];
            for (int sent = 0; sent < size; sent += piece.length) {
                if (chunked) {
                    out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(ISO_8859_1));
                }
                out.write(piece);
                if (chunked) {
                    out.write("\r\n".getBytes(ISO_8859_1));
                }
            }
            if (chunked) {
                out.write("0\r\n\r\n".getBytes(ISO_8859_1));
            }
            out.flush();
            byte[] head = new BufferedInputStream(socket.getInputStream()).readNBytes(12);
            assertThat(new String(head, ISO_8859_1)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void aBodyOfExactlyAMegabyteIsNotTooLarge() {
        String aside = ",\"aside\":\"" + "x".repeat(1024 * 1024 - CALL.length() - 11) + "\"}";
        String body = CALL.substring(0, CALL.length() - 1) + aside;
        assertThat(body).hasSize(1024 * 1024);
        assertThat(service.broadcast("call-new", body).status()).isEqualTo(200);
        refused(service.broadcast("call-new", body + " "), 413, "body_too_large");
    }

    @Test
    void anEventOfMoreThan256KilobytesIsTooLarge() {
        String call = "{\"id\":1,\"x\":\"" + "x".repeat(256 * 1024) + "\"}";
        refused(service.broadcast("call-new", "{" + TOKEN + ",\"call\":" + call + "}"), 413, "body_too_large");
    }

    // Idempotency

    @Test
    void aRepetitionAnswersTheFirstIdAndMakesNoSecondEvent() throws Exception {
        String key = UUID.randomUUID().toString();
        String room = "order:" + key;
        String body = "{" + TOKEN + ",\"call\":{\"id\":1},\"rooms\":[\"" + room + "\"]}";
        try (Listener listener = Listener.in(service, Room.parse(room))) {
            Answer first = service.broadcast("call-new", body, "Idempotency-Key", key);
            Answer second = service.broadcast("call-new", body, "Idempotency-Key", key);
            Answer byHeader = service.broadcast(
                    "call-new",
                    body.replace(TOKEN + ",", ""),
                    "Idempotency-Key",
                    key,
                    "X-Webhook-Token",
                    WEBHOOK_TOKEN);
            assertThat(first.status()).as(first.toString()).isEqualTo(200);
            assertThat(first.header("Idempotent-Replayed")).isEmpty();
            for (Answer again : new Answer[] {second, byHeader}) {
                assertThat(again.status()).as(again.toString()).isEqualTo(200);
                assertThat(again.json()).isEqualTo(first.json());
                assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
            }
            service.broadcast("call-ended", body);
            assertThat(listener.next()).startsWith("42[\"call:new\"");
            assertThat(listener.next()).startsWith("42[\"call:ended\"");
        }
    }

    @Test
    void aKeyStandsForOneBodyOnOneEndpoint() {
        String key = UUID.randomUUID().toString();
        Answer first = service.broadcast("call-new", CALL, "Idempotency-Key", key);
        Answer elsewhere = service.broadcast("call-updated", CALL, "Idempotency-Key", key);
        assertThat(elsewhere.status()).isEqualTo(200);
        assertThat(elsewhere.json().get("id")).isNotEqualTo(first.json().get("id"));
        refused(
                service.broadcast("call-new", CALL.replace("\"id\":1", "\"id\":2"), "Idempotency-Key", key),
                422,
                "idempotency_key_reused");
    }

    @Test
    void aRefusedRequestDoesNotUseItsKeyUp() {
        String key = UUID.randomUUID().toString();
        refused(
                service.broadcast("call-new", "{" + TOKEN + ",\"call\":{}}", "Idempotency-Key", key),
                400,
                "validation_failed");
        assertThat(service.broadcast("call-new", CALL, "Idempotency-Key", key).status())
                .isEqualTo(200);
    }

    @Test
    void keysAreVisibleAscii() {
        String longest = UUID.randomUUID() + "~".repeat(255 - 36);
        assertThat(service.broadcast("call-new", CALL, "Idempotency-Key", longest)
                        .status())
                .isEqualTo(200);
        assertThat(service.broadcast("call-new", CALL, "Idempotency-Key", "!\"~")
                        .status())
                .isEqualTo(200);
        for (String key : new String[] {"", longest + "x", "a b", "a\tb"}) {
            refused(service.broadcast("call-new", CALL, "Idempotency-Key", key), 400, "idempotency_key_invalid");
        }
        refused(
                service.broadcast("call-new", CALL, "Idempotency-Key", "a", "Idempotency-Key", "a"),
                400,
                "idempotency_key_invalid");
    }
}
