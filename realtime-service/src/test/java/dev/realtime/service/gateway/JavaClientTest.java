package dev.realtime.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.rest.TestService;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import io.socket.thread.EventThread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stock Java client, as a service or a desktop program would use it: the brief's examples in its own language. */
class JavaClientTest {

    private static final TestService SERVICE = TestService.shared();

    private final Queue<Socket> opened = new ConcurrentLinkedQueue<>();

    static Stream<List<String>> transports() {
        return Stream.of(List.of(WebSocket.NAME), List.of(Polling.NAME), List.of(Polling.NAME, WebSocket.NAME));
    }

    @AfterEach
    void closeAll() {
        opened.forEach(Socket::close);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void theBriefsExamples(List<String> transports) throws Exception {
        Socket socket = client(TestService.jwt(17, "operator"), transports);
        BlockingQueue<JSONObject> connected = listen(socket, "connected");
        BlockingQueue<JSONObject> calls = listen(socket, "call:new");
        BlockingQueue<JSONObject> notifications = listen(socket, "notification");
        socket.connect();

        JSONObject who = next(connected);
        assertThat(who.getInt("userId")).isEqualTo(17);
        assertThat(who.getString("role")).isEqualTo("operator");
        assertThat(who.getString("socketId")).isEqualTo(socket.id());
        assertThat(ask(socket, "join-room", "city:Саратов").getBoolean("success"))
                .isTrue();
        JSONObject refused = ask(socket, "join-room", "directors");
        assertThat(refused.getBoolean("success")).isFalse();
        assertThat(refused.getJSONObject("error").getString("code")).isEqualTo("room_forbidden");

        post(
                "call-new",
                "{\"call\":{\"id\":1,\"phoneClient\":\"+7\",\"who\":\"Анна 😀\"},\"rooms\":[\"city:Саратов\"]}");
        assertThat(next(calls).getString("who")).isEqualTo("Анна 😀");
        assertThat(ask(socket, "leave-room", "city:Саратов").getBoolean("success"))
                .isTrue();
        post("call-new", "{\"call\":{\"id\":2},\"rooms\":[\"city:Саратов\"]}");
        post("notification", "{\"notification\":{\"type\":\"info\",\"message\":\"Привет\"},\"userId\":17}");
        assertThat(next(notifications).getString("message")).isEqualTo("Привет");
        assertThat(calls)
                .as("what came before the notification, after the room was left")
                .isEmpty();

        socket.disconnect();
        await().atMost(Duration.ofSeconds(10)).until(() -> !socket.connected());
    }

    @Test
    void aBadTokenIsAConnectError() throws Exception {
        Socket socket = client("no.token.atall", List.of(WebSocket.NAME));
        BlockingQueue<JSONObject> errors = listen(socket, Socket.EVENT_CONNECT_ERROR);
        socket.connect();
        assertThat(next(errors).getJSONObject("data").getString("code")).isEqualTo("token_invalid");
    }

    /** It knows nothing of recovery: it keeps no id and no position, and sees the position as one more argument. */
    @ParameterizedTest
    @MethodSource("transports")
    void comesBackAsNewAndSeesOneMoreArgument(List<String> transports) throws Exception {
        Socket socket = client(TestService.jwt(18, "operator"), transports);
        BlockingQueue<Object[]> connected = listenAll(socket, "connected");
        BlockingQueue<Object[]> calls = listenAll(socket, "call:new");
        Queue<Transport> used = new ConcurrentLinkedQueue<>();
        socket.io().on(Manager.EVENT_TRANSPORT, arguments -> used.add((Transport) arguments[0]));
        socket.connect();

        String first = greeted(socket, connected);
        assertThat(ask(socket, "join-room", "order:18").getString("position")).isNotEmpty();
        post("call-new", "{\"call\":{\"id\":1},\"rooms\":[\"order:18\"]}");
        Object[] call = next(calls);
        assertThat(call).hasSize(2);
        assertThat(((JSONObject) call[0]).getInt("id")).isEqualTo(1);
        assertThat(call[1]).asString().matches("[0-9a-z]+-\\d+-\\d+");

        CountDownLatch away = new CountDownLatch(1);
        socket.once(Socket.EVENT_DISCONNECT, reason -> away.countDown());
        EventThread.exec(() -> used.forEach(Transport::close));
        assertThat(away.await(20, TimeUnit.SECONDS)).isTrue();
        post("call-new", "{\"call\":{\"id\":2},\"rooms\":[\"operator:18\",\"order:18\"]}");
        socket.connect();
        assertThat(greeted(socket, connected)).isNotEqualTo(first);
        post("call-new", "{\"call\":{\"id\":3},\"rooms\":[\"operator:18\",\"order:18\"]}");
        assertThat(((JSONObject) next(calls)[0]).getInt("id"))
                .as("the call that came meanwhile is lost, and connected has said so")
                .isEqualTo(3);
    }

    /** What {@code connected} says on a session that is not recovered; answers the socket's id. */
    private static String greeted(Socket socket, BlockingQueue<Object[]> connected) throws Exception {
        Object[] arguments = next(connected);
        JSONObject who = (JSONObject) arguments[0];
        assertThat(who.getBoolean("recovered")).isFalse();
        assertThat(arguments).hasSize(2);
        assertThat(arguments[1]).isEqualTo(who.getString("position"));
        assertThat(who.getString("socketId")).isEqualTo(socket.id());
        return socket.id();
    }

    private Socket client(String token, List<String> transports) {
        IO.Options options = IO.Options.builder()
                .setAuth(Map.of("token", token))
                .setTransports(transports.toArray(String[]::new))
                .setForceNew(true)
                .setReconnection(false)
                .build();
        Socket socket = IO.socket(SERVICE.uri(""), options);
        opened.add(socket);
        return socket;
    }

    private static BlockingQueue<JSONObject> listen(Socket socket, String event) {
        BlockingQueue<JSONObject> received = new LinkedBlockingQueue<>();
        socket.on(event, arguments -> received.add((JSONObject) arguments[0]));
        return received;
    }

    private static BlockingQueue<Object[]> listenAll(Socket socket, String event) {
        BlockingQueue<Object[]> received = new LinkedBlockingQueue<>();
        socket.on(event, received::add);
        return received;
    }

    private static JSONObject ask(Socket socket, String event, String room) throws Exception {
        BlockingQueue<JSONObject> answers = new LinkedBlockingQueue<>();
        socket.emit(event, new Object[] {new JSONObject(Map.of("room", room))}, (Ack)
                answer -> answers.add((JSONObject) answer[0]));
        return next(answers);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("what should have come").isNotNull();
        return next;
    }

    private static void post(String event, String body) {
        assertThat(SERVICE.broadcast(event, body, "X-Webhook-Token", TestService.WEBHOOK_TOKEN)
                        .status())
                .isEqualTo(200);
    }
}
