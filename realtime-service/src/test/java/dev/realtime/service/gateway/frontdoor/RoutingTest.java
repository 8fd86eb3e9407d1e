package dev.realtime.service.gateway.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.frontdoor.connection.ConnectionInitializer;
import dev.realtime.testkit.RawClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which request goes where, in which order, on connections that mix both kinds. */
class RoutingTest {

    private static TestDoor door;

    @BeforeAll
    static void open() {
        door = TestDoor.open();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void oneConnectionMixesBothKinds() throws IOException {
        try (RawClient client = door.raw()) {
            assertThat(client.get("/socket.io/?EIO=4").body()).startsWith("gateway GET /socket.io/?EIO=4 0");
            assertThat(client.get("/api/seen/a?b=c").body()).contains("\"uri\":\"/api/seen/a\"");
            assertThat(client.get("/socket.io").body()).startsWith("gateway GET /socket.io 0");
            assertThat(client.get("/socket.iox").status()).isEqualTo(404);
            assertThat(client.get("/api/seen/b").status()).isEqualTo(200);
        }
    }

    @Test
    void pipelinedRequestsOfBothKindsAreAnsweredInOrder() throws IOException {
        try (RawClient client = door.raw()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                all.append("GET /api/seen/" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
                all.append("POST /socket.io/?n=" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
                all.append(
                        "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\necho\r\n0\r\n\r\n");
                all.append("GET /socket.io/stream HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            client.send(all.toString());
            for (int i = 0; i < 20; i++) {
                assertThat(client.read().body()).contains("/api/seen/" + i + "\"");
                assertThat(client.read().body()).startsWith("gateway POST /socket.io/?n=" + i + " 3 127.0.0.1");
                assertThat(client.read().body()).isEqualTo("echo");
                assertThat(client.read().body()).isEqualTo("one,two");
            }
        }
    }

    @Test
    void aPipelinedRequestWaitsForTheOpenPollBeforeIt() throws IOException {
        int before = door.api().requests.get();
        try (RawClient client = door.raw()) {
            client.send("GET /socket.io/poll HTTP/1.1\r\nHost: a\r\n\r\n");
            client.send("GET /api/seen/after HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> !door.gateway.polls.isEmpty());
            assertThat(door.api().requests.get()).isEqualTo(before);
            door.gateway.endPoll("polled");
            assertThat(client.read().body()).isEqualTo("polled");
            assertThat(client.read().body()).contains("/api/seen/after");
        }
    }

    @Test
    void aCancelledPollIsNoticedAtOnceEvenWithARequestPipelinedBehindIt() throws IOException {
        RawClient client = door.raw();
        client.send("GET /socket.io/poll HTTP/1.1\r\nHost: a\r\n\r\nGET /socket.io/ HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> door.gateway.openPolls.get() == 1);
        client.close();
        await().atMost(1, TimeUnit.SECONDS).until(() -> door.gateway.openPolls.get() == 0);
        door.gateway.polls.clear();
    }

    @Test
    void aSecondAnswerToOneRequestGoesNowhere() throws IOException {
        try (RawClient client = door.raw()) {
            assertThat(client.get("/socket.io/twice").body()).isEqualTo("once");
            assertThat(client.get("/socket.io/").body()).startsWith("gateway GET");
            assertThat(door.gateway.failures.poll()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aWebSocketTakesTheChannelOver() throws Exception {
        door.gateway.upgraded.clear();
        CompletableFuture<String> received = new CompletableFuture<>();
        WebSocket socket = door.http
                .newWebSocketBuilder()
                .buildAsync(
                        java.net.URI.create("ws://127.0.0.1:" + door.port() + "/socket.io/?transport=websocket"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
                                received.complete(data.toString());
                                ws.request(1);
                                return null;
                            }
                        })
                .get(5, TimeUnit.SECONDS);
        socket.sendText("привет", true).get(5, TimeUnit.SECONDS);
        assertThat(received.get(5, TimeUnit.SECONDS)).isEqualTo("привет");
        List<String> names = door.gateway.upgraded.remove().names();
        assertThat(names).contains("gateway", "wsdecoder", "wsencoder").noneMatch(name -> name.startsWith("http-"));
        assertThat(names).doesNotContain(ConnectionInitializer.HANDLER);
        socket.abort();
    }

    @Test
    void aFrameSentTogetherWithTheUpgradeIsNotLost() throws IOException {
        try (RawClient client = door.raw()) {
            byte[] frame = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};
            String upgrade = "GET /socket.io/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            client.send(upgrade + new String(frame, StandardCharsets.ISO_8859_1));
            assertThat(client.read().status()).isEqualTo(101);
            assertThat(client.readBytes(4)).isEqualTo(new byte[] {(byte) 0x81, 2, 'h', 'i'});
        }
    }

    @Test
    void anUpgradeForTomcatIsAnOrdinaryRequest() throws IOException {
        try (RawClient client = door.raw()) {
            client.send("GET /api/seen/x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, X-Mine\r\nUpgrade: h2c\r\n"
                    + "X-Mine: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\n\r\n");
            RawClient.Response response = client.read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body())
                    .doesNotContain("upgrade", "x-mine", "keep-alive", "\"te\"", "x-realtime-front-door");
        }
    }

    @Test
    void anEarlyAnswerOfTheGatewayIsFollowedByTheNextRequest() throws Exception {
        HttpResponse<String> response = door.http.send(
                door.request("/socket.io/early")
                        .POST(BodyPublishers.ofByteArray(new byte[1_000_000]))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(door.http
                        .send(door.request("/socket.io/").build(), BodyHandlers.ofString())
                        .body())
                .startsWith("gateway");
    }

    @Test
    void tomcatServesNobodyButTheFrontDoor() throws Exception {
        try (RawClient client = new RawClient(door.tomcatPort())) {
            assertThat(client.get("/api/seen/x").status()).isEqualTo(403);
        }
        try (RawClient client = new RawClient(door.tomcatPort())) {
            client.send("GET /api/seen/x HTTP/1.1\r\nHost: a\r\nX-Realtime-Front-Door: guess\r\n"
                    + "X-Forwarded-For: 192.0.2.1\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(403);
        }
    }
}
