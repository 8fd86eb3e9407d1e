package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Socket.IO protocol v4, which is spoken on Engine.IO v3. */
public class SocketIoV4ConformanceTest {

    @RegisterExtension
    static final Gateway GATEWAY = Gateway.sockets();

    @Test
    @DisplayName("Connection to the default namespace: the server's CONNECT comes unasked and bears nothing")
    void unasked() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(GATEWAY, 3)) {
            assertThat(client.text()).isEqualTo("40");
            assertThat(client.text()).isEqualTo("42[\"auth\",{}]");
            client.send("4212[\"message-with-ack\",1]");
            assertThat(client.text()).isEqualTo("4312[1]");
        }
    }

    @Test
    @DisplayName("Connection to a non-default namespace: with its query, and without an answer to that")
    void namespaceWithQuery() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(GATEWAY, 3)) {
            client.text();
            client.text();
            client.send("40/custom?token=1234&uid=abcd,");
            assertThat(client.text()).isEqualTo("40/custom,");
            assertThat(client.text()).isEqualTo("42/custom,[\"auth\",{}]");
            client.send("41/custom,");
            client.send("42[\"message\",1]");
            assertThat(client.text()).isEqualTo("42[\"message-back\",1]");
        }
    }

    @Test
    @DisplayName("Packet types, ERROR: says why a namespace is refused")
    void error() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(GATEWAY, 3)) {
            client.text();
            client.text();
            client.send("40/random");
            assertThat(client.text()).startsWith("44/random,").contains("Invalid namespace");
        }
    }

    @Test
    @DisplayName("Packet encoding: attachments, each behind the byte that says it is a message")
    void attachments() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(GATEWAY, 3)) {
            client.text();
            client.text();
            client.send("451-7[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]");
            client.send(4, 1, 2, 3);
            assertThat(client.text()).isEqualTo("461-7[{\"_placeholder\":true,\"num\":0}]");
            assertThat(client.binary()).containsExactly(4, 1, 2, 3);
        }
    }

    @Test
    @DisplayName("Sample session: over polling, the CONNECT comes behind the OPEN")
    void overPolling() throws Exception {
        PollingClient client = PollingClient.open(GATEWAY, 3);
        StringBuilder received = new StringBuilder(client.behindOpen());
        // In one answer or in several.
        while (received.indexOf("2:40") < 0 || received.indexOf("\"auth\"") < 0) {
            received.append(client.poll().body());
        }
        assertThat(received.toString()).isEqualTo("2:4013:42[\"auth\",{}]");

        client.post("15:42[\"message\",1]");
        assertThat(client.poll().body()).isEqualTo("20:42[\"message-back\",1]");
    }
}
