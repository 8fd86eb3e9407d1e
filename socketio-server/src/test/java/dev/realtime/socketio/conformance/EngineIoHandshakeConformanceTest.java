package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.socketio.conformance.Gateway.Answer;
import dev.realtime.socketio.engine.wire.RequestError;
import dev.realtime.testkit.RawClient;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Engine.IO protocol v4: how a session begins, and what begins none. */
public class EngineIoHandshakeConformanceTest {

    @RegisterExtension
    static final Gateway GATEWAY = Gateway.engine(wanted -> wanted.maxPayload(123_456));

    private static void assertHandshake(JsonNode handshake, List<String> upgrades) {
        assertThat(handshake.propertyNames())
                .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(handshake.get("sid").stringValue()).isNotBlank();
        assertThat(handshake.get("upgrades").valueStream().map(JsonNode::stringValue))
                .isEqualTo(upgrades);
        assertThat(handshake.get("pingInterval").intValue()).isEqualTo(60_000);
        assertThat(handshake.get("pingTimeout").intValue()).isEqualTo(60_000);
        assertThat(handshake.get("maxPayload").intValue()).isEqualTo(123_456);
    }

    @Test
    @DisplayName("Handshake: a GET is answered with one OPEN packet in plain text")
    void overPolling() throws Exception {
        Answer answer = GATEWAY.get("EIO=4&transport=polling");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(answer.body()).startsWith("0{").doesNotContain("\u001e");
        assertHandshake(new JsonMapper().readTree(answer.body().substring(1)), List.of("websocket"));
    }

    @Test
    @DisplayName("Handshake: a WebSocket begins with an OPEN packet, and has nothing better to upgrade to")
    void overWebSocket() throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(GATEWAY, "EIO=4&transport=websocket")) {
            String open = client.text();
            assertThat(open).startsWith("0{");
            assertHandshake(new JsonMapper().readTree(open.substring(1)), List.of());
        }
    }

    @Test
    @DisplayName("Handshake: each session has an id of its own")
    void idsDiffer() throws Exception {
        assertThat(PollingClient.open(GATEWAY).sid())
                .isNotEqualTo(PollingClient.open(GATEWAY).sid());
    }

    @ParameterizedTest
    @DisplayName("Query parameters: their order does not count, nor do others, such as the one against caches")
    @ValueSource(
            strings = {
                "transport=polling&EIO=4",
                "EIO=4&transport=polling&t=PZqhCAZ",
                "a&EIO=4&b=%E2%82%AC&transport=polling"
            })
    void otherParameters(String query) throws Exception {
        assertThat(GATEWAY.get(query).status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("Query parameters: without the mandatory ones, or with values that mean nothing, HTTP 400")
    @CsvSource({
        "transport=polling, 5",
        "EIO=&transport=polling, 5",
        "EIO=5&transport=polling, 5",
        "EIO=2&transport=polling, 5",
        "EIO=04&transport=polling, 5",
        "EIO=4, 0",
        "EIO=4&transport=, 0",
        "EIO=4&transport=POLLING, 0",
        "EIO=4&transport=webtransport, 0",
        "EIO=4&transport=polling&sid=, 1",
        "EIO=4&transport=polling&sid=nobody, 1",
        "EIO=4&EIO=3&transport=polling, 3",
        "EIO=4&transport=polling&transport=websocket, 3",
        "EIO=4&transport=websocket, 3",
    })
    void refused(String query, int code) throws Exception {
        Answer answer = GATEWAY.get(query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/json");
        JsonNode body = new JsonMapper().readTree(answer.body());
        assertThat(body.get("code").intValue()).isEqualTo(code);
        assertThat(body.get("message").stringValue()).isNotBlank();
    }

    @ParameterizedTest
    @DisplayName("Handshake: by GET only")
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void otherMethods(String method) throws Exception {
        Answer answer = GATEWAY.send(method, "EIO=4&transport=polling", new byte[0]);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":2,");
    }

    @ParameterizedTest
    @DisplayName("HTTP long-polling: a session is spoken to by GET and POST only, and survives other methods")
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void otherMethodsWithinASession(String method) throws Exception {
        PollingClient client = PollingClient.open(GATEWAY);

        assertThat(GATEWAY.send(method, client.query(), new byte[0]).status()).isEqualTo(400);
        client.assertOpen();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("WebSocket: without the mandatory parameters, or for an unknown session, there is no WebSocket")
    @ValueSource(
            strings = {
                "transport=websocket",
                "EIO=5&transport=websocket",
                "EIO=4",
                "EIO=4&transport=polling",
                "EIO=4&transport=webtransport",
                "EIO=4&transport=websocket&sid=nobody",
                "EIO=4&transport=websocket&sid="
            })
    void refusedWebSockets(String query) {
        assertThat(WebSocketClient.refusal(GATEWAY, query)).isEqualTo(400);
    }

    @Test
    @DisplayName("WebSocket: a request for a WebSocket that is none of this version is told which version there is")
    void otherVersion() throws Exception {
        long counted = GATEWAY.count(RequestError.WEBSOCKET_VERSION);
        RawClient.Response answer =
                webSocket("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 8");

        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.header("sec-websocket-version")).isEqualTo("13");
        assertThat(GATEWAY.count(RequestError.WEBSOCKET_VERSION)).isEqualTo(counted + 1);
    }

    @Test
    @DisplayName("WebSocket: a request for a WebSocket without its key is HTTP 400, and counted as every refusal is")
    void noKey() throws Exception {
        long counted = GATEWAY.count(RequestError.BAD_REQUEST);
        RawClient.Response answer = webSocket("Sec-WebSocket-Version: 13");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":3,");
        assertThat(GATEWAY.count(RequestError.BAD_REQUEST)).isEqualTo(counted + 1);
    }

    private static RawClient.Response webSocket(String... headers) throws Exception {
        try (RawClient client = new RawClient(GATEWAY.port())) {
            return client.send("GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: door\r\n"
                            + "Connection: Upgrade\r\nUpgrade: websocket\r\n" + String.join("\r\n", headers)
                            + "\r\n\r\n")
                    .read();
        }
    }

    @Test
    @DisplayName("Request path: with the slash at its end or without")
    void pathWithoutSlash() throws Exception {
        try (RawClient client = new RawClient(GATEWAY.port())) {
            assertThat(client.get("/engine.io?EIO=4&transport=polling").body()).startsWith("0{");
            assertThat(client.get("/engine.io/?EIO=4&transport=polling").body()).startsWith("0{");
            assertThat(client.get("/engine.iox/?EIO=4&transport=polling").body())
                    .doesNotStartWith("0{");
        }
    }

    @Test
    @DisplayName("Handshake: a session is spoken to in the revision it was opened in")
    void otherRevision() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY);
        String query = "EIO=3&transport=polling&sid=" + client.sid();

        assertThat(GATEWAY.get(query).status()).isEqualTo(400);
        assertThat(WebSocketClient.refusal(GATEWAY, query.replace("polling", "websocket")))
                .isEqualTo(400);
        client.assertOpen();
    }
}
