package dev.realtime.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.frontdoor.routing.Peers;
import dev.realtime.testkit.LeakWatch;
import dev.realtime.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two front doors, and requests for sessions that the other one has. */
class PeersTest {

    @RegisterExtension
    static final LeakWatch LEAKS = new LeakWatch();

    private static final String SECRET = "secret ";

    private final Map<String, InetSocketAddress> known = new ConcurrentHashMap<>();
    private final TestGateway atHome = new TestGateway();
    private final TestGateway elsewhere = new TestGateway();
    private FakeBackend backend;
    private FrontDoor home;
    private FrontDoor other;

    @BeforeEach
    void open() throws IOException {
        backend = new FakeBackend((_, c) -> c.ok("back end"));
        home = door("home", atHome);
        other = door("other", elsewhere);
        known.put("home", new InetSocketAddress(InetAddress.getLoopbackAddress(), home.port()));
    }

    @AfterEach
    void close() throws IOException {
        other.close();
        home.close();
        backend.close();
    }

    private FrontDoor door(String tag, TestGateway endpoint) {
        return FrontDoor.builder()
                .bindAddress("127.0.0.1")
                .backend(backend.address())
                .endpoint(endpoint)
                .peers(new Known(tag))
                .open();
    }

    @Test
    void aRequestReachesTheInstanceThatHasItsSessionAndSaysWhoSentIt() throws IOException {
        try (RawClient client = new RawClient(other.port())) {
            client.send("POST /socket.io/?sid=home.1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.read().body()).isEqualTo("gateway POST /socket.io/?sid=home.1 5 127.0.0.1");
            assertThat(client.get("/socket.io/?sid=other.1").body()).startsWith("gateway GET /socket.io/?sid=other.1");
        }
        assertThat(atHome.bodyBytes.get()).isEqualTo(5);
        assertThat(elsewhere.bodyBytes.get()).isZero();
    }

    @Test
    void whatClaimsToBeForwardedIsNotForwarded() throws IOException {
        try (RawClient client = new RawClient(other.port())) {
            client.send("GET /socket.io/?sid=home.1 HTTP/1.1\r\nHost: a\r\nX-Peer: forged\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(atHome.bodyBytes.get()).isZero();
        assertThat(elsewhere.failures).isEmpty();
    }

    @Test
    void anInstanceThatIsAwayOrUnknownLeavesTheRequestToOurOwnEndpoint() throws IOException {
        try (FakeBackend gone = new FakeBackend((_, _) -> {})) {
            known.put("gone", gone.address());
        }
        try (RawClient client = new RawClient(other.port())) {
            for (String sid : new String[] {"gone.1", "never.1"}) {
                assertThat(client.get("/socket.io/?sid=" + sid).body())
                        .isEqualTo("gateway GET /socket.io/?sid=" + sid + " 0 127.0.0.1");
            }
        }
    }

    @Test
    void aWebSocketPassesThroughAndEndsWhenItIsTold() throws Exception {
        CompletableFuture<String> echo = new CompletableFuture<>();
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                echo.complete(text.toString());
                return WebSocket.Listener.super.onText(from, text, last);
            }

            @Override
            public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                ended.complete(code);
                return null;
            }
        };
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + other.port() + "/socket.io/?sid=home.1"), listener)
                    .get(10, TimeUnit.SECONDS);
            socket.sendText("привет", true).get(10, TimeUnit.SECONDS);
            assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo("привет");
            assertThat(atHome.upgraded).hasSize(1);
            assertThat(other.tunnels()).isEqualTo(1);
            assertThat(home.tunnels()).isZero();

            other.closeTunnels(1);
            assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(1006);
            await().until(() -> other.tunnels() == 0 && atHome.inactive.get() == 1);
        }
    }

    @Test
    void noWebSocketPassesThroughOneThatIsAboutToStop() throws IOException {
        String upgrade =
                "GET /socket.io/?sid=home.1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        other.closeAfterAnswers();
        try (RawClient client = new RawClient(other.port())) {
            client.send(upgrade);
            var refused = client.read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("connection")).isEqualTo("close");
            assertThat(refused.body()).contains("\"code\":\"closing\"");
        }
        try (RawClient client = new RawClient(other.port())) {
            assertThat(client.get("/socket.io/?sid=home.1").status()).isEqualTo(200);
        }
        assertThat(atHome.upgraded).isEmpty();
    }

    /** The tag is what stands before the dot; the seal is a secret with the client's address behind it. */
    private final class Known implements Peers {

        private final String own;

        Known(String own) {
            this.own = own;
        }

        @Override
        public String header() {
            return "x-peer";
        }

        @Override
        public @Nullable String foreignTag(String uri) {
            int sid = uri.indexOf("sid=");
            String tag = sid < 0 ? own : uri.substring(sid + 4, uri.indexOf('.', sid));
            return tag.equals(own) ? null : tag;
        }

        @Override
        public CompletableFuture<Optional<InetSocketAddress>> find(String tag) {
            return CompletableFuture.completedFuture(Optional.ofNullable(known.get(tag)));
        }

        @Override
        public String seal(String method, String uri, ClientAddress client) {
            return SECRET + client.ip();
        }

        @Override
        public @Nullable ClientAddress unseal(String value, String method, String uri) {
            return value.startsWith(SECRET)
                    ? new ClientAddress(InetAddress.ofLiteral(value.substring(SECRET.length())), "http", "a")
                    : null;
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(10);
        }
    }
}
