package dev.realtime.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.gateway.frontdoor.FrontDoorServer;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.EngineSessions;
import io.socket.client.Ack;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The stock Java client over every transport, against a gateway that echoes: what stock-clients.test.mjs asks of npm's. */
class JavaClientEchoTest {

    private static final int MAX_PAYLOAD = 1_000_000;

    /** A character of each of the seventeen planes, and the ends of the ranges that UTF-8 and UTF-16 count differently. */
    private static final String PLANES = IntStream.range(0, 17)
            .mapToObj(plane -> Character.toString(plane * 0x10000 + 0xABC))
            .collect(Collectors.joining());

    private static final String EDGES = Stream.of(
                    0, 0x1E, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFD, 0x22, 0x5C, 0x2028)
            .map(Character::toString)
            .collect(Collectors.joining());

    private static final List<byte[]> BINARIES = List.of(
            new byte[] {0, 1, 2},
            new byte[] {4, (byte) 0xFF, 0},
            "451-[\"digits first\"]".getBytes(StandardCharsets.US_ASCII),
            new byte[] {(byte) 0xFF},
            new byte[0],
            allBytes());

    private static ConfigurableApplicationContext gateway;

    static Stream<List<String>> transports() {
        return Stream.of(List.of(WebSocket.NAME), List.of(Polling.NAME), List.of(Polling.NAME, WebSocket.NAME));
    }

    @BeforeAll
    static void start() {
        gateway = gateway("25s", "20s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void everybodyLeaves() {
        await().atMost(Duration.ofSeconds(20)).until(() -> sessions().size() == 0);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void textOfEveryPlaneNumbersNothing(List<String> transports) throws Exception {
        try (JavaEchoClient client = open(transports)) {
            for (String text : List.of(PLANES, EDGES, "")) {
                assertThat(client.echo(text)).containsExactly(text);
            }
            JSONObject nested =
                    new JSONObject().put(PLANES, new JSONArray().put(PLANES).put(EDGES));
            JSONObject back = (JSONObject) client.echo(nested)[0];
            assertThat(back.getJSONArray(PLANES).getString(0)).isEqualTo(PLANES);
            assertThat(back.getJSONArray(PLANES).getString(1)).isEqualTo(EDGES);
            assertThat(client.echo(1, -1, 1.5, Long.MAX_VALUE, true, JSONObject.NULL))
                    .containsExactly(1, -1, 1.5, Long.MAX_VALUE, true, null);
            assertThat(client.echo()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void bytesBothWaysWhateverTheyBeginWith(List<String> transports) throws Exception {
        try (JavaEchoClient client = open(transports)) {
            for (byte[] bytes : BINARIES) {
                assertThat(client.echo(bytes)).containsExactly(bytes);
            }
            JSONObject deep = new JSONObject()
                    .put("in", new JSONArray().put(BINARIES.get(2)).put(new JSONObject().put("deep", BINARIES.get(1))));
            Object[] several = client.echo(BINARIES.get(0), "text", deep);
            assertThat(several[0]).isEqualTo(BINARIES.get(0));
            assertThat(several[1]).isEqualTo("text");
            JSONArray in = ((JSONObject) several[2]).getJSONArray("in");
            assertThat(in.get(0)).isEqualTo(BINARIES.get(2));
            assertThat(in.getJSONObject(1).get("deep")).isEqualTo(BINARIES.get(1));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void acknowledgementsBothWaysWithTextAndWithBytes(List<String> transports) throws Exception {
        try (JavaEchoClient client = open(transports)) {
            assertThat(client.ask("message-with-ack", 1, PLANES)).containsExactly(1, PLANES);
            assertThat(client.ask("message-with-ack", BINARIES.get(1), BINARIES.get(2)))
                    .containsExactly(BINARIES.get(1), BINARIES.get(2));
            client.socket()
                    .on("question", asked -> ((Ack) asked[asked.length - 1]).call(new JSONArray().put(asked[0])));
            client.socket().emit("ask-me", EDGES);
            assertThat(((JSONArray) client.next("answered")[0]).getString(0)).isEqualTo(EDGES);
            client.socket().emit("ask-me", (Object) BINARIES.get(1));
            assertThat(((JSONArray) client.next("answered")[0]).get(0)).isEqualTo(BINARIES.get(1));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void messagesOfAMegabyte(List<String> transports) throws Exception {
        try (JavaEchoClient client = open(transports)) {
            awaitSettled(gateway, transports);
            String text = "ж".repeat((MAX_PAYLOAD - 200) / 2);
            assertThat((String) client.echo(text)[0]).isEqualTo(text);
            // By polling bytes travel as base64.
            byte[] bytes = new byte[transports.contains(WebSocket.NAME) ? MAX_PAYLOAD - 10 : 740_000];
            Arrays.fill(bytes, (byte) 0xA5);
            assertThat((byte[]) client.echo(bytes)[0]).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void eachNamespaceHasItsOwnAndAnUnknownOneIsRefused(List<String> transports) throws Exception {
        try (JavaEchoClient client = open(transports);
                JavaEchoClient custom = client.of("/custom");
                JavaEchoClient unknown = client.of("/unknown")) {
            custom.awaitConnected();
            assertThat(custom.echo("custom")).containsExactly("custom");
            assertThat(client.echo("main")).containsExactly("main");
            JSONObject error = (JSONObject) unknown.next(Socket.EVENT_CONNECT_ERROR)[0];
            assertThat(error.getString("message")).isEqualTo("Invalid namespace");
            custom.socket().disconnect();
            assertThat(client.echo("still")).containsExactly("still");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aBurstComesBackWholeAndInOrder(List<String> transports) throws Exception {
        try (JavaEchoClient client = open(transports)) {
            for (int n = 0; n < 500; n++) {
                client.socket().emit("message", n, n % 50 == 0 ? new byte[] {(byte) n} : "text");
            }
            assertThat(client.next("message-back", 500))
                    .extracting(arguments -> arguments[0])
                    .isEqualTo(IntStream.range(0, 500).boxed().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void reconnectsWhenItsConnectionBreaksAndWorksAgain(List<String> transports) throws Exception {
        try (JavaEchoClient client = open(transports)) {
            awaitSettled(gateway, transports);
            client.breakConnection();
            assertThat(client.disconnected()).isIn("transport close", "transport error");
            client.awaitConnected();
            assertThat(client.echo("again")).containsExactly("again");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void disconnectReasons(List<String> transports) throws Exception {
        try (JavaEchoClient leaver = open(transports)) {
            leaver.socket().disconnect();
            assertThat(leaver.disconnected()).isEqualTo("io client disconnect");
        }
        try (JavaEchoClient sentAway = open(transports)) {
            sentAway.socket().emit("disconnect-me");
            assertThat(sentAway.disconnected()).isEqualTo("io server disconnect");
        }
        try (JavaEchoClient banned = open(transports)) {
            banned.socket().emit("close-me", "closed_by_admin");
            JSONObject error = (JSONObject) banned.next("error")[0];
            assertThat(error.getString("code")).isEqualTo("closed_by_admin");
            assertThat(error.getBoolean("reconnect")).isFalse();
            assertThat(banned.disconnected()).isEqualTo("io server disconnect");
            assertThat(banned.socket().connected()).isFalse();
        }
    }

    /**
     * Over WebSocket this client does not hear the server's close frame and learns of it by its heartbeat, so that this
     * gateway has a quick one: OkHttp tells it in onClosing, which engine.io-client 2.1.0 (transports/WebSocket.java) does
     * not listen to, and calls onClosed only after the client's own close (https://github.com/square/okhttp/issues/3386).
     */
    @ParameterizedTest
    @MethodSource("transports")
    void comesBackAfterACloseThatInvitesIt(List<String> transports) throws Exception {
        List<String> reasons = transports.contains(WebSocket.NAME)
                ? List.of("transport close", "transport error", "ping timeout")
                : List.of("transport close", "transport error");
        try (ConfigurableApplicationContext impatient = gateway("2s", "3s");
                JavaEchoClient invited = open(impatient, transports)) {
            awaitSettled(impatient, transports);
            invited.socket().emit("close-me", "slow_client");
            assertThat(((JSONObject) invited.next("error")[0]).getBoolean("reconnect"))
                    .isTrue();
            assertThat(invited.disconnected()).isIn(reasons);
            invited.awaitConnected();
            assertThat(invited.echo("again")).containsExactly("again");
        }
    }

    private static ConfigurableApplicationContext gateway(String pingInterval, String pingTimeout) {
        return ConformanceServer.start(
                "--realtime.port=0",
                "--realtime.engine.ping-interval=" + pingInterval,
                "--realtime.engine.ping-timeout=" + pingTimeout,
                "--realtime.engine.max-payload=" + MAX_PAYLOAD,
                "--realtime.socket.admission-timeout=30s");
    }

    private static JavaEchoClient open(List<String> transports) {
        return open(gateway, transports);
    }

    private static JavaEchoClient open(ConfigurableApplicationContext on, List<String> transports) {
        return JavaEchoClient.open(on.getBean(FrontDoorServer.class).port(), transports);
    }

    /** Waits until the one session there is has come to the transport on which it stays. */
    private static void awaitSettled(ConfigurableApplicationContext on, List<String> transports) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(on.getBean(EngineSessions.class).all())
                        .extracting(EngineSession::transportName)
                        .containsExactly(transports.getLast()));
    }

    private static EngineSessions sessions() {
        return gateway.getBean(EngineSessions.class);
    }

    private static byte[] allBytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }
}
