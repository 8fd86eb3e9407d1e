package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.socketio.conformance.Gateway.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO protocol v4, section "Upgrade". */
public class EngineIoUpgradeConformanceTest {

    @RegisterExtension
    static final Gateway GATEWAY = Gateway.engine(wanted -> wanted.upgradeTimeout(Duration.ofSeconds(60)));

    private final PollingClient client = PollingClient.open(GATEWAY);

    protected EngineIoUpgradeConformanceTest() throws Exception {}

    private WebSocketClient upgraded() throws Exception {
        WebSocketClient socket = client.webSocket();
        socket.send("2probe");
        assertThat(socket.text()).isEqualTo("3probe");
        socket.send("5");
        return socket;
    }

    @Test
    @DisplayName("Upgrade: a probe, its answer, the end of polling, and data over the WebSocket")
    void upgrade() throws Exception {
        try (WebSocketClient socket = upgraded()) {
            socket.send("4hello");
            socket.send(1, 2);
            assertThat(socket.text()).isEqualTo("4hello");
            assertThat(socket.binary()).containsExactly(1, 2);
        }
    }

    @Test
    @DisplayName("Upgrade: the pending GET ends with a NOOP")
    void thePendingPollEnds() throws Exception {
        CompletableFuture<Answer> poll = client.pollAsync();
        try (WebSocketClient socket = upgraded()) {
            assertThat(poll.join().body()).isEqualTo("6");
            socket.send("4hello");
            assertThat(socket.text()).isEqualTo("4hello");
        }
    }

    @Test
    @DisplayName("Upgrade: a GET between the probe and the upgrade is not held")
    void aLatePollEnds() throws Exception {
        try (WebSocketClient socket = client.webSocket()) {
            socket.send("2probe");
            assertThat(socket.text()).isEqualTo("3probe");
            assertThat(client.poll().body()).isEqualTo("6");
            assertThat(client.poll().body()).isEqualTo("6");
            socket.send("5");
            socket.send("4hello");
            assertThat(socket.text()).isEqualTo("4hello");
        }
    }

    @Test
    @DisplayName("Upgrade: what has been posted and not been polled comes over the WebSocket, first and in order")
    void nothingIsLost() throws Exception {
        client.post("4one\u001ebAQI=\u001e4two");
        try (WebSocketClient socket = upgraded()) {
            socket.send("4three");
            assertThat(socket.text()).isEqualTo("4one");
            assertThat(socket.binary()).containsExactly(1, 2);
            assertThat(socket.text()).isEqualTo("4two");
            assertThat(socket.text()).isEqualTo("4three");
        }
    }

    @Test
    @DisplayName("Upgrade: until it is complete, data comes by polling and not over the WebSocket")
    void pollingGoesOnUntilTheEnd() throws Exception {
        try (WebSocketClient socket = client.webSocket()) {
            socket.send("2probe");
            assertThat(socket.text()).isEqualTo("3probe");
            client.post("4hello");
            assertThat(client.poll().body()).isEqualTo("4hello");
            socket.send("5");
            socket.send("4world");
            assertThat(socket.text()).isEqualTo("4world");
        }
    }

    @Test
    @DisplayName("Upgrade: a session that has been upgraded is not polled, and survives who tries")
    void notPolledAfterwards() throws Exception {
        try (WebSocketClient socket = upgraded()) {
            socket.send("4hello");
            assertThat(socket.text()).isEqualTo("4hello");
            assertThat(client.poll().body()).contains("\"code\":3,");
            assertThat(client.post("4x").status()).isEqualTo(400);
            socket.send("4world");
            assertThat(socket.text()).isEqualTo("4world");
        }
    }

    @Test
    @DisplayName("WebSocket: one connection for a session, after the upgrade")
    void oneWebSocketAfterwards() throws Exception {
        try (WebSocketClient socket = upgraded()) {
            socket.send("4hello");
            assertThat(socket.text()).isEqualTo("4hello");
            client.webSocket().assertClosed();
            socket.send("4world");
            assertThat(socket.text()).isEqualTo("4world");
        }
    }

    @Test
    @DisplayName("WebSocket: one connection for a session, during the upgrade")
    void oneWebSocketMeanwhile() throws Exception {
        try (WebSocketClient socket = client.webSocket()) {
            socket.send("2probe");
            assertThat(socket.text()).isEqualTo("3probe");
            client.webSocket().assertClosed();
            socket.send("5");
            socket.send("4hello");
            assertThat(socket.text()).isEqualTo("4hello");
        }
    }

    @ParameterizedTest
    @DisplayName(
            "Upgrade: a WebSocket that begins with anything but the probe is closed, and the session goes on polling")
    @ValueSource(strings = {"5", "2", "3probe", "2probes", "4hello", "6", "1", ""})
    void noProbe(String packet) throws Exception {
        try (WebSocketClient socket = client.webSocket()) {
            socket.send(packet);
            socket.assertClosed();
        }
        client.post("4still");
        assertThat(client.poll().body()).isEqualTo("4still");
    }

    @Test
    @DisplayName("Upgrade: binary is no step of it")
    void binaryIsNoProbe() throws Exception {
        try (WebSocketClient socket = client.webSocket()) {
            socket.send('2', 'p', 'r', 'o', 'b', 'e');
            socket.assertClosed();
        }
        client.assertOpen();
    }

    @Test
    @DisplayName("Upgrade: one that is given up leaves the session polling, and another may succeed")
    void anotherTry() throws Exception {
        try (WebSocketClient given = client.webSocket()) {
            given.send("2probe");
            assertThat(given.text()).isEqualTo("3probe");
        }
        // The server learns of the first one's end in its own time.
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (WebSocketClient socket = client.webSocket()) {
                socket.send("2probe");
                socket.send("5");
                socket.send("4hello");
                return "3probe".equals(socket.text()) && "4hello".equals(socket.text());
            } catch (AssertionError | java.util.concurrent.CompletionException early) {
                return false;
            }
        });
    }
}
