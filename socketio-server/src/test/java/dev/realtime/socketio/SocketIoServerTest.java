package dev.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.socketio.engine.OriginCheck;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.session.SessionLimits;
import dev.realtime.testkit.LeakWatch;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server by itself, over real connections. */
@ExtendWith(LeakWatch.class)
class SocketIoServerTest {

    private static final String OPEN = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: h\r\n";

    private SocketIoServer server;

    @BeforeEach
    void start() {
        server = SocketIoServer.builder()
                .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .namespace("/")
                .origins(OriginCheck.of("https://app.example.com"))
                .start();
        server.namespaces().listen("/", "echo", (client, args, ack) -> client.sendEvent("back", args.<Object>first()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws Exception {
        try (Connection connection = new Connection()) {
            String sid = connection.open();
            connection.send(post(sid, "40"));
            assertThat(connection.answer()).endsWith("ok");
            connection.send(poll(sid));
            assertThat(connection.answer()).contains("40{\"sid\":");
            connection.send(post(sid, "42[\"echo\",1]"));
            assertThat(connection.answer()).endsWith("ok");
            connection.send(poll(sid));
            assertThat(connection.answer()).endsWith("42[\"back\",1]");
        }
    }

    @Test
    void requestsThatComeEarlyAreAnsweredInOrder() throws Exception {
        try (Connection connection = new Connection()) {
            String sid = connection.open();
            connection.send(post(sid, "40") + poll(sid) + post(sid, "42[\"echo\",2]") + poll(sid));
            assertThat(connection.answer()).endsWith("ok");
            assertThat(connection.answer()).contains("40{\"sid\":");
            assertThat(connection.answer()).endsWith("ok");
            assertThat(connection.answer()).endsWith("42[\"back\",2]");
        }
    }

    @Test
    void aConnectionThatIsNotToBeKeptIsClosed() throws Exception {
        try (Connection connection = new Connection()) {
            connection.send(OPEN + "Connection: close\r\n\r\n");
            assertThat(connection.answer()).contains("connection: close");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void whatIsNoRequestIsAnsweredOnceAndClosed() throws Exception {
        try (Connection connection = new Connection()) {
            connection.send("GET /socket.io/ HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
            assertThat(connection.answer()).startsWith("HTTP/1.1 400 ");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void theRestOfABodyThatIsTooLargeIsThrownAway() throws Exception {
        try (Connection connection = new Connection()) {
            String sid = connection.open();
            String body = "4" + "x".repeat(EngineSettings.DEFAULT.maxPayload());
            connection.send(post(sid, body));
            assertThat(connection.answer()).startsWith("HTTP/1.1 413 ");
            connection.open();
        }
    }

    @Test
    void otherPathsAndOtherOriginsAreRefused() throws Exception {
        try (Connection connection = new Connection()) {
            connection.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(connection.answer()).startsWith("HTTP/1.1 404 ");
            connection.send(OPEN + "Origin: https://evil.example.com\r\n\r\n");
            assertThat(connection.answer()).startsWith("HTTP/1.1 403 ");
            connection.send(OPEN + "Origin: https://app.example.com\r\n\r\n");
            assertThat(connection.answer())
                    .startsWith("HTTP/1.1 200 ")
                    .contains("access-control-allow-origin: https://app.example.com");
            connection.send(OPEN + "Origin: http://h\r\n\r\n");
            assertThat(connection.answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void theEndOfAConnectionWithAnOpenPollEndsItsSession() throws Exception {
        try (Connection connection = new Connection()) {
            String sid = connection.open();
            connection.send(poll(sid));
            await().until(() -> server.sessions().size() == 1);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> server.sessions().size() == 0);
    }

    @Test
    void anUpgradeOfASessionThatPolls() throws Exception {
        try (Connection connection = new Connection()) {
            String sid = connection.open();
            connection.send(post(sid, "40"));
            assertThat(connection.answer()).endsWith("ok");
            connection.send(poll(sid));
            assertThat(connection.answer()).contains("40{\"sid\":");
            try (RawSocket socket = RawSocket.open(server.port(), "/socket.io/?EIO=4&transport=websocket&sid=" + sid)) {
                connection.send(poll(sid));
                socket.send("2probe");
                assertThat(socket.next()).isEqualTo("3probe");
                assertThat(connection.answer()).endsWith("6");
                socket.send("5");
                socket.send("42[\"echo\",3]");
                assertThat(socket.next()).isEqualTo("42[\"back\",3]");
            }
        }
    }

    @Test
    void itsEndClosesWebSocketsInOrder() throws Exception {
        try (RawSocket socket = RawSocket.open(server.port(), "/socket.io/?EIO=4&transport=websocket")) {
            assertThat(socket.next()).startsWith("0{");
            socket.send("40");
            assertThat(socket.next()).startsWith("40");
            server.close();
            assertThat(socket.next()).isEqualTo("close 1000");
        }
    }

    @Test
    void whoSendsMoreThanItMayIsClosed() throws Exception {
        try (SocketIoServer strict = SocketIoServer.builder()
                        .port(0)
                        .namespace("/")
                        .limits(new SessionLimits(1, 5, Duration.ofSeconds(2), 32 * 1024))
                        .start();
                RawSocket socket = RawSocket.open(strict.port(), "/socket.io/?EIO=4&transport=websocket")) {
            assertThat(socket.next()).startsWith("0{");
            socket.send("40");
            assertThat(socket.next()).startsWith("40");
            for (int i = 0; i < 10; i++) {
                socket.send("42[\"any\"]");
            }
            assertThat(socket.next()).isEqualTo("close 1008");
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        assertThatThrownBy(() -> SocketIoServer.builder()
                        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))
                        .start())
                .hasMessageContaining("in use");
    }

    private static String poll(String sid) {
        return "GET /socket.io/?EIO=4&transport=polling&sid=" + sid + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    private static String post(String sid, String body) {
        return "POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                + " HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    /** A connection on which what is sent is what is written here. */
    private final class Connection implements AutoCloseable {

        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        private final InputStream in = socket.getInputStream();

        Connection() throws IOException {
            socket.setSoTimeout(20_000);
        }

        String open() throws IOException {
            send(OPEN + "\r\n");
            String answer = answer();
            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"upgrades\":[\"websocket\"]");
            return answer.replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
        }

        void send(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        }

        /** One response, head and body. */
        String answer() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                assertThat(next).as("after " + head).isNotNegative();
                head.append((char) next);
            }
            String length = head.toString().replaceAll("(?s).*content-length: (\\d+).*", "$1");
            return head + new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        }

        boolean isClosed() throws IOException {
            return in.read() < 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
