package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.socketio.conformance.Gateway.Answer;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.testkit.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** Engine.IO protocol v4, section "Protocol": the end of a session, whoever wants it. */
public class EngineIoCloseConformanceTest {

    @RegisterExtension
    static final Gateway GATEWAY = Gateway.engine();

    @Test
    @DisplayName("CLOSE over polling: the POST succeeds, the GET ends with a NOOP, the session is unknown")
    void overPolling() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY);
        Answer posted = client.post("1");
        assertThat(posted.status()).isEqualTo(200);
        assertThat(posted.body()).isEqualTo("ok");
        // The poll that the POST has overtaken.
        assertThat(client.poll().body()).isEqualTo("6");
        client.awaitClosed();
    }

    @Test
    @DisplayName("CLOSE over polling: what stands behind it is not taken")
    void nothingBehindIt() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY);
        client.post("1\u001e4late");
        assertThat(client.poll().body()).isEqualTo("6");
        client.awaitClosed();
    }

    @Test
    @DisplayName("CLOSE over WebSocket: the connection ends, and the session with it")
    void overWebSocket() throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(GATEWAY, "EIO=4&transport=websocket")) {
            String query = pollingQuery(client.text());
            client.send("1");
            client.assertClosed();
            awaitUnknown(query);
        }
    }

    @Test
    @DisplayName("The close frame of a WebSocket ends the session")
    void closeFrame() throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(GATEWAY, "EIO=4&transport=websocket")) {
            String query = pollingQuery(client.text());
            client.sendClose();
            client.assertClosed();
            awaitUnknown(query);
        }
    }

    @Test
    @DisplayName("A WebSocket whose connection breaks ends the session")
    void broken() throws Exception {
        WebSocketClient client = WebSocketClient.connect(GATEWAY, "EIO=4&transport=websocket");
        String query = pollingQuery(client.text());
        assertThat(GATEWAY.get(query).body()).as("known, and not for polling").contains("\"code\":3,");
        client.close();
        awaitUnknown(query);
    }

    @Test
    @DisplayName(
            "A connection that breaks, be it within a message, is no breach of the protocol: it is counted as broken")
    void brokenWithinAMessage() throws Exception {
        long broken = GATEWAY.count(EndReason.TRANSPORT_CLOSE);
        long breaches = GATEWAY.count(EndReason.PROTOCOL_ERROR);
        try (WebSocketClient client = WebSocketClient.open(GATEWAY, 4)) {
            client.send("4hello");
            assertThat(client.text()).isEqualTo("4hello");
            client.sendBeginning("4hel");
        }
        awaitBroken(broken + 1);

        RawClient raw = new RawClient(GATEWAY.port());
        raw.send("GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: door\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "Sec-WebSocket-Version: 13\r\n\r\n");
        assertThat(raw.read().status()).isEqualTo(101);
        raw.reset();
        awaitBroken(broken + 2);
        assertThat(GATEWAY.count(EndReason.PROTOCOL_ERROR)).isEqualTo(breaches);
    }

    private static void awaitBroken(long times) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(GATEWAY.count(EndReason.TRANSPORT_CLOSE)).isEqualTo(times));
    }

    @Test
    @DisplayName("After an upgrade the end of the WebSocket is the end of the session")
    void afterAnUpgrade() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY);
        try (WebSocketClient socket = client.webSocket()) {
            socket.send("2probe");
            socket.send("5");
            socket.send("1");
            assertThat(socket.text()).isEqualTo("3probe");
            socket.assertClosed();
        }
        client.awaitClosed();
    }

    private static String pollingQuery(String open) {
        return "EIO=4&transport=polling&sid="
                + new JsonMapper().readTree(open.substring(1)).get("sid").stringValue();
    }

    private static void awaitUnknown(String query) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(GATEWAY.get(query).body()).contains("\"code\":1,"));
    }
}
