package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.socketio.conformance.Gateway.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A session over HTTP long-polling, which does what it is told, right or wrong. */
final class PollingClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final Gateway gateway;
    private final int revision;
    private final JsonNode handshake;

    private final String behindOpen;

    private PollingClient(Gateway gateway, int revision, String firstAnswer) {
        this.gateway = gateway;
        this.revision = revision;
        int end = firstAnswer.indexOf('}') + 1;
        this.handshake = JSON.readTree(firstAnswer.substring(firstAnswer.indexOf('{'), end));
        this.behindOpen = firstAnswer.substring(end);
    }

    static PollingClient open(Gateway gateway) throws Exception {
        return open(gateway, 4);
    }

    static PollingClient open(Gateway gateway, int revision) throws Exception {
        return open(gateway, revision, "");
    }

    /** Opens a session with more in the query of its first request. */
    static PollingClient open(Gateway gateway, int revision, String more) throws Exception {
        Answer answer = gateway.get("EIO=" + revision + "&transport=polling" + more);
        assertThat(answer.status()).isEqualTo(200);
        return new PollingClient(gateway, revision, answer.body());
    }

    JsonNode handshake() {
        return handshake;
    }

    /** What stood behind the OPEN packet in the same answer. */
    String behindOpen() {
        return behindOpen;
    }

    String sid() {
        return handshake.get("sid").stringValue();
    }

    /** The query of its requests. */
    String query() {
        return "EIO=" + revision + "&transport=polling&sid=" + sid();
    }

    Answer poll() throws Exception {
        return gateway.get(query());
    }

    CompletableFuture<Answer> pollAsync() {
        return gateway.getAsync(query());
    }

    Answer post(String body) throws Exception {
        return gateway.send("POST", query(), body.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/plain");
    }

    Answer postBytes(byte[] body) throws Exception {
        return gateway.send("POST", query(), body, "Content-Type", "application/octet-stream");
    }

    /** Opens the WebSocket of its upgrade. */
    WebSocketClient webSocket() {
        return WebSocketClient.connect(gateway, "EIO=" + revision + "&transport=websocket&sid=" + sid());
    }

    void assertOpen() throws Exception {
        assertThat(post(noop()).status()).as("a POST to an open session").isEqualTo(200);
    }

    /** Now or soon, if it ends when the server learns of something. */
    void awaitClosed() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Answer answer = post(noop());
            assertThat(answer.status()).as("a POST to a closed session").isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":1,");
        });
    }

    private String noop() {
        return revision == 3 ? "1:6" : "6";
    }
}
