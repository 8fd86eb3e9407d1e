package dev.realtime.service.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import dev.realtime.service.TestSocket;
import dev.realtime.socketio.server.Gate;
import dev.realtime.socketio.server.Namespaces;
import dev.realtime.testkit.LogLines;
import dev.realtime.testkit.RawClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever a socket sends, right or wrong, nothing of it is in the log above DEBUG. */
class QuietSocketLogTest {

    private static final String SECRET = "Zx81Secret";
    private static final String FAILING = "/failing";

    private static TestRedis redis;
    private static TestService service;
    private static HttpClient http;

    private final LogLines log = new LogLines();

    /** Fails with messages that quote what they were given, as exceptions do. */
    public static final class Failing {

        @OnConnect
        public void onConnect(SocketIOClient client) {
            throw new IllegalStateException("on connect: " + SECRET);
        }

        @OnEvent("fail")
        public void onEvent(SocketIOClient client, JsonNode data) {
            throw new IllegalArgumentException("not a number: " + data, new NumberFormatException(data.toString()));
        }

        @OnEvent("break")
        public void onBreak(SocketIOClient client, JsonNode data) {
            throw new AssertionError("broken by " + data);
        }

        @OnDisconnect
        public void onDisconnect(SocketIOClient client) {
            throw new IllegalStateException("on disconnect: " + SECRET);
        }
    }

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        service = TestService.start(redis, "realtime.gateway.token-cookie=token");
        service.bean(Namespaces.class).open(FAILING, Gate.open(), new Failing());
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.shutdownNow();
        service.close();
        redis.close();
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    private void assertQuiet() {
        assertThat(service.get("/health").status()).isEqualTo(200);
        assertThat(log.lines())
                .noneMatch(line -> line.contains(SECRET))
                .noneMatch(line -> line.contains(Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8))));
    }

    @Test
    void handshakes() throws Exception {
        for (String token : List.of(SECRET, "Bearer " + SECRET, TestService.jwt(SECRET, SECRET))) {
            try (TestSocket socket = TestSocket.connect(service.port(), token)) {
                socket.await("4");
            }
            String header = "Authorization: Bearer " + token;
            raw("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n" + header);
        }
        for (String header : List.of(
                "Cookie: token=" + SECRET,
                "Cookie: " + SECRET,
                "Origin: https://" + SECRET + ".example",
                "User-Agent: " + SECRET,
                "X-Forwarded-For: " + SECRET,
                "Host: " + SECRET + "/",
                "Upgrade: " + SECRET,
                "Content-Length: " + SECRET,
                "Transfer-Encoding: " + SECRET,
                SECRET + ": x",
                SECRET,
                SECRET + "\u0000: x")) {
            raw("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n" + header);
        }
        for (String query : List.of(
                "EIO=4&transport=polling&token=" + SECRET,
                "EIO=" + SECRET + "&transport=polling",
                "EIO=4&transport=" + SECRET,
                "EIO=4&transport=polling&sid=" + SECRET,
                "EIO=4&transport=polling&a=%" + SECRET)) {
            raw("GET /socket.io/?" + query + " HTTP/1.1");
            raw("POST /socket.io/?" + query + " HTTP/1.1\r\nContent-Length: 10\r\n\r\n" + SECRET);
        }
        assertQuiet();
    }

    @Test
    void junkOnThePort() throws Exception {
        for (String junk : List.of(
                SECRET + "\r\n\r\n",
                "\u0016\u0003\u0001" + SECRET + "\r\n\r\n",
                "GET " + SECRET + " HTTP/1.1\r\n\r\n",
                "GET / " + SECRET + "\r\n\r\n",
                SECRET + " / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /" + SECRET.repeat(2_000) + " HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nX: " + SECRET.repeat(8_000) + "\r\n\r\n",
                "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + SECRET + "\r\n")) {
            try (RawClient client = new RawClient(service.port())) {
                client.send(junk);
                client.reset();
            }
            try (RawClient client = new RawClient(service.port())) {
                client.send(junk);
                client.socket.shutdownOutput();
                client.socket.getInputStream().readAllBytes();
            } catch (java.net.SocketException cutOff) {
                // As good as an answer.
            }
        }
        assertQuiet();
    }

    @Test
    void eventsOfSocketsWithAnIdentity() {
        try (TestSocket socket = TestSocket.connect(service.port(), TestService.jwt(17, "operator"))) {
            socket.await("42[\"connected\"");
            for (String packet : List.of(
                    "42[\"" + SECRET + "\",1]",
                    "42[\"join-room\",\"" + SECRET + "\"]",
                    "42[\"join-room\",{\"room\":\"" + SECRET + "\"}]",
                    "42[\"join-room\",{\"room\":\"order:" + SECRET + "\"}]",
                    "42[\"join-room\",{\"room\":\"order:" + SECRET + "\\u0000 \"}]",
                    "42[\"leave-room\",{\"room\":\"" + SECRET + "\"}]",
                    "42[\"authenticate\",{\"token\":\"" + SECRET + "\"}]",
                    "42[\"authenticate\",{\"token\":\"" + TestService.jwt(SECRET, "operator") + "\"}]",
                    "42/" + SECRET + ",[\"x\"]",
                    "40/" + SECRET + ",{\"token\":\"" + SECRET + "\"}",
                    "43999[\"" + SECRET + "\"]")) {
                socket.send(packet);
            }
            socket.send("421[\"leave-room\",{\"room\":\"operators\"}]");
            socket.await("431");
        }
        assertQuiet();
    }

    @Test
    void malformedPackets() {
        for (String packet : List.of(
                SECRET,
                "4" + SECRET,
                "40" + SECRET,
                "40{\"" + SECRET,
                "42" + SECRET,
                "42[\"" + SECRET + "\"",
                "42[\"e\"," + SECRET + "]",
                "42{\"" + SECRET + "\":1}",
                "42/" + SECRET.repeat(30) + ",[\"x\"]",
                "451-[\"" + SECRET + "\"]",
                "45" + SECRET + "-[\"x\"]")) {
            Receiver receiver = new Receiver();
            WebSocket socket = open(receiver);
            socket.sendText(packet, true).join();
            receiver.closed.join();
        }
        Receiver receiver = new Receiver();
        open(receiver).sendBinary(ByteBuffer.wrap(SECRET.getBytes(UTF_8)), true).join();
        receiver.closed.join();
        assertQuiet();
    }

    /** An exception's message quotes what the listener was given; its class and its stack are what the log may have. */
    @Test
    void listenersThatFail() {
        Receiver receiver = new Receiver();
        WebSocket socket = open(receiver);
        socket.sendText("40" + FAILING + ",", true).join();
        for (String event : List.of("fail", "break")) {
            socket.sendText("42" + FAILING + ",[\"" + event + "\",\"" + SECRET + "\"]", true)
                    .join();
        }
        socket.sendText("41" + FAILING + ",", true).join();
        // Whatever failed, the connection's turn goes on: this closes it.
        socket.sendText("4" + SECRET, true).join();
        receiver.closed.join();

        assertThat(log.lines())
                .anyMatch(line -> line.contains("A connect listener failed"))
                .anyMatch(line -> line.contains("An event listener failed")
                        && line.contains("java.lang.NumberFormatException")
                        && line.contains("Failing.onEvent"))
                .anyMatch(line -> line.contains("java.lang.AssertionError") && line.contains("Failing.onBreak"))
                .anyMatch(line -> line.contains("A disconnect listener failed"));
        assertQuiet();
    }

    private static WebSocket open(Receiver receiver) {
        return http.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + service.port() + "/socket.io/?EIO=4&transport=websocket"),
                        receiver)
                .join();
    }

    private static final class Receiver implements WebSocket.Listener {

        private final CompletableFuture<Void> closed =
                new CompletableFuture<Void>().orTimeout(20, java.util.concurrent.TimeUnit.SECONDS);

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(null);
        }
    }

    /** Sends a request that is the connection's last, and reads what comes back. */
    private static void raw(String beginning) throws Exception {
        try (RawClient client = new RawClient(service.port())) {
            String head = beginning.contains("\r\n\r\n")
                    ? beginning.replaceFirst("\r\n", "\r\nHost: door\r\nConnection: close\r\n")
                    : beginning + "\r\nHost: door\r\nConnection: close\r\n\r\n";
            client.send(head);
            String answer = new String(client.socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).doesNotStartWith("HTTP/1.1 5");
        }
    }
}
