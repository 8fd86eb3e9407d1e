package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.socketio.conformance.Gateway.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Engine.IO protocol v3. */
public class EngineIoV3ConformanceTest {

    @RegisterExtension
    static final Gateway GATEWAY = Gateway.engine();

    @Test
    @DisplayName("Anatomy of a session: an OPEN packet behind its length, with what the client must know")
    void handshake() throws Exception {
        Answer answer = GATEWAY.get("EIO=3&transport=polling&b64=1&t=N8hyd6w");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        String[] parts = answer.body().split(":", 2);
        assertThat(parts[1]).startsWith("0{").hasSize(Integer.parseInt(parts[0]));

        JsonNode handshake = PollingClient.open(GATEWAY, 3).handshake();
        assertThat(handshake.get("sid").stringValue()).isNotBlank();
        assertThat(handshake.get("upgrades").get(0).stringValue()).isEqualTo("websocket");
        assertThat(handshake.get("pingInterval").intValue()).isEqualTo(60_000);
        assertThat(handshake.get("pingTimeout").intValue()).isEqualTo(60_000);
    }

    @ParameterizedTest
    @DisplayName("Payload: each packet behind its length, which is in characters")
    @ValueSource(strings = {"6:4hello", "6:4hello6:4world", "2:4€", "3:4😀4:4😀a", "1:4", "5:42:4a", "3:4\u001e\n"})
    void lengths(String payload) throws Exception {
        PollingClient client = PollingClient.open(GATEWAY, 3);
        Answer posted = client.post(payload);
        assertThat(posted.status()).isEqualTo(200);
        assertThat(posted.body()).isEqualTo("ok");

        assertThat(client.poll().body()).isEqualTo(payload);
    }

    @Test
    @DisplayName("Payload: bytes as b, the type, and base64")
    void base64() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY, 3, "&b64=1");
        assertThat(client.post("2:4€10:b4AQIDBA==2:b4").status()).isEqualTo(200);

        assertThat(client.poll().body()).isEqualTo("2:4€10:b4AQIDBA==2:b4");
    }

    @Test
    @DisplayName("Payload: as bytes, 0 or 1, the length digit by digit, 255, and the packet")
    void binaryPayload() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY, 3);
        assertThat(client.postBytes(WebSocketClient.bytes(
                                0, 4, 255, '4', 0xE2, 0x82, 0xAC, 1, 5, 255, 4, 1, 2, 3, 4, 0, 1, 1, 255, '4', '0', '1',
                                '2', '3', '4', '5', '6', '7', '8', '9'))
                        .status())
                .isEqualTo(200);

        Answer answer = client.poll();
        assertThat(answer.contentType()).isEqualTo("application/octet-stream");
        assertThat(answer.bytes())
                .isEqualTo(WebSocketClient.bytes(
                        0, 4, 255, '4', 0xE2, 0x82, 0xAC, 1, 5, 255, 4, 1, 2, 3, 4, 0, 1, 1, 255, '4', '0', '1', '2',
                        '3', '4', '5', '6', '7', '8', '9'));
        client.post("6:4hello");
        answer = client.poll();
        assertThat(answer.contentType()).as("without binary").isEqualTo("text/plain; charset=UTF-8");
        assertThat(answer.body()).isEqualTo("6:4hello");
    }

    @ParameterizedTest
    @DisplayName("Payload: what is none is HTTP 400 and the end of the session")
    @ValueSource(
            strings = {
                "4hello",
                "6:4hell",
                "5:4hello",
                ":4a",
                "0:4",
                "x:4a",
                "-1:4",
                "1 :4",
                "1",
                "1:7",
                "1:3",
                "2:b3",
                "5:b4A=B",
                "2:4a\u001e4b",
                "1:😀",
                "1e1:4abcdefghi",
                "4294967298:4a"
            })
    void noPayload(String payload) throws Exception {
        PollingClient client = PollingClient.open(GATEWAY, 3);
        assertThat(client.post(payload).status()).isEqualTo(400);
        client.awaitClosed();
    }

    static List<int[]> noBinaryPayloads() {
        return List.of(
                new int[] {2, 1, 255, '4'},
                new int[] {0, 255, '4'},
                new int[] {0, 10, 255, '4'},
                new int[] {0, 2, 255, '4'},
                new int[] {0, 1, '4'},
                new int[] {0, 1, 255},
                new int[] {0, 0, 255},
                new int[] {0},
                new int[] {1, 2, 255, '4', 1},
                new int[] {1, 2, 255, 3, 1},
                new int[] {0, 3, 255, '4', 0xC3, 0x28},
                new int[] {0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 255, '4'});
    }

    @ParameterizedTest
    @DisplayName("Payload: nor may bytes be anything else")
    @MethodSource("noBinaryPayloads")
    void noBinaryPayload(int[] payload) throws Exception {
        PollingClient client = PollingClient.open(GATEWAY, 3);
        assertThat(client.postBytes(WebSocketClient.bytes(payload)).status()).isEqualTo(400);
        client.awaitClosed();
    }

    @Test
    @DisplayName("Packet, ping and pong: what a PING carries comes back, over polling")
    void pings() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY, 3);
        client.post("1:26:2probe2:4a");

        assertThat(client.poll().body()).isEqualTo("1:36:3probe2:4a");
    }

    @Test
    @DisplayName("Packet: over WebSocket without lengths, and bytes behind their type")
    void webSocket() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(GATEWAY, 3)) {
            client.send("4hello");
            client.send("2");
            client.send(4, 0, 1, 2, 3, 4, 5);
            client.send("b4AQIDBA==");
            client.send("2x");
            assertThat(client.text()).isEqualTo("4hello");
            assertThat(client.text()).isEqualTo("3");
            assertThat(client.binary()).containsExactly(4, 0, 1, 2, 3, 4, 5);
            assertThat(client.binary()).containsExactly(4, 1, 2, 3, 4);
            assertThat(client.text()).isEqualTo("3x");
        }
    }

    @ParameterizedTest
    @DisplayName("Packet: over WebSocket, what is none closes the connection")
    @ValueSource(strings = {"", "abc", "7", "3", "0{}", ":4hello", "b3AQ==", "b4A=B", "b"})
    void noPacket(String packet) throws Exception {
        try (WebSocketClient client = WebSocketClient.open(GATEWAY, 3)) {
            client.send(packet);
            client.assertClosed();
        }
    }

    @Test
    @DisplayName("Packet: bytes that bear no type, or another than a message's, close the connection")
    void noBinaryPacket() throws Exception {
        for (int[] bytes : List.of(new int[] {}, new int[] {'4', 1}, new int[] {2})) {
            try (WebSocketClient client = WebSocketClient.open(GATEWAY, 3)) {
                client.send(bytes);
                client.assertClosed();
            }
        }
    }

    @Test
    @DisplayName("Transport upgrading: the poll ends with a NOOP, and what waited comes over the WebSocket")
    void upgrade() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY, 3);
        try (WebSocketClient socket = client.webSocket()) {
            CompletableFuture<Answer> poll = client.pollAsync();
            socket.send("2probe");
            assertThat(socket.text()).isEqualTo("3probe");
            assertThat(poll.join().body()).isEqualTo("1:6");
            client.post("6:4hello");
            socket.send("5");
            socket.send(4, 1);
            assertThat(socket.text()).isEqualTo("4hello");
            assertThat(socket.binary()).containsExactly(4, 1);
        }
        client.awaitClosed();
    }

    @Test
    @DisplayName("Packet, close: the session ends")
    void close() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY, 3);
        assertThat(client.post("1:1").status()).isEqualTo(200);
        assertThat(client.poll().body()).isEqualTo("1:6");
        client.awaitClosed();
    }
}
