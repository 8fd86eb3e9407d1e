package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Engine.IO protocol v4, section "Heartbeat"; v3, section "Timeouts". */
public class EngineIoHeartbeatConformanceTest {

    @RegisterExtension
    static final Gateway GATEWAY =
            Gateway.engine(wanted -> wanted.heartbeat(Duration.ofMillis(300), Duration.ofSeconds(2)));

    @Test
    @DisplayName("Heartbeat over WebSocket: a PING, again after its PONG, and the end when none comes")
    void overWebSocket() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(GATEWAY, 4)) {
            assertThat(client.text()).isEqualTo("2");
            client.send("3");
            assertThat(client.text()).isEqualTo("2");
            client.assertClosed();
        }
    }

    @Test
    @DisplayName("Heartbeat over polling: a PING, again after its PONG, and the end when none comes")
    void overPolling() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY);
        assertThat(client.poll().body()).isEqualTo("2");
        assertThat(client.post("3").status()).isEqualTo(200);
        assertThat(client.poll().body()).isEqualTo("2");
        assertThat(client.poll().body()).isEqualTo("1");
        client.awaitClosed();
    }

    @Test
    @DisplayName("Heartbeat: messages are no PONG")
    void messagesAreNoPong() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(GATEWAY, 4)) {
            assertThat(client.text()).isEqualTo("2");
            client.send("4hello");
            assertThat(client.text()).isEqualTo("4hello");
            client.assertClosed();
        }
    }

    @Test
    @DisplayName("Timeouts (v3): the server sends no PING of its own, and ends a session that sends none")
    void silentOldClient() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(GATEWAY, 3)) {
            client.assertClosed();
        }
    }

    @Test
    @DisplayName("Timeouts (v3): over polling too, by a CLOSE packet")
    void silentOldPollingClient() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY, 3);
        assertThat(client.poll().body()).isEqualTo("1:1");
        client.awaitClosed();
    }
}
