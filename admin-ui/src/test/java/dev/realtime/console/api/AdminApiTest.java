package dev.realtime.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.Reason;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What goes over the wire, and which instance is asked when one fails. */
class AdminApiTest {

    private static final String SECRET = "an-admin-secret-of-more-than-32-bytes";
    private static final ConsoleUser IRINA = new ConsoleUser("irina", AdminRole.ADMIN);
    private static final String RESULT = "{\"auditId\":\"1-0\",\"sockets\":0,\"byInstance\":{},\"silent\":[]}";

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private record Asked(String request, HttpExchange exchange, String body) {

        String header(String name) {
            return String.valueOf(exchange.getRequestHeaders().getFirst(name));
        }
    }

    /** An instance on loopback that answers as the test says. */
    private static final class Instance {

        private final HttpServer server;
        private final List<Asked> asked = new CopyOnWriteArrayList<>();
        private volatile Answer answer = json("[]");

        Instance() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                asked.add(new Asked(exchange.getRequestMethod() + " " + exchange.getRequestURI(), exchange, body));
                try (exchange) {
                    answer.to(exchange);
                }
            });
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }
    }

    private final Instance first;
    private final Instance second;

    AdminApiTest() throws IOException {
        first = new Instance();
        second = new Instance();
    }

    @AfterEach
    void stop() {
        first.server.stop(0);
        second.server.stop(0);
    }

    @Test
    void asksInTheNameOfTheUser() {
        first.answer = json("[{\"userKey\":\"17\",\"until\":\"2030-01-02T10:30:00Z\"}]");
        assertThat(api(first.url()).blocks(IRINA))
                .extracting(BlockedUser::userKey)
                .containsExactly("17");
        Asked asked = first.asked.getFirst();
        assertThat(asked.request).isEqualTo("GET /api/v1/admin/blocks");
        assertThat(asked.header("Accept")).isEqualTo("application/json");
        Claims claims = Jwts.parser()
                .verifyWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
                .build()
                .parseSignedClaims(asked.header("Authorization").replaceFirst("^Bearer ", ""))
                .getPayload();
        assertThat(claims.getSubject()).isEqualTo("irina");
        assertThat(claims.getAudience()).containsExactly("admin-api");
        assertThat(claims.get("role")).isEqualTo(AdminRole.ADMIN.claim());
    }

    @Test
    void asksForHealthWithoutAUser() {
        first.answer = json("""
                {"status":"ok","redis":{"status":"up"},"problems":[],"sockets":0,"uptime":1,"version":"1"}""");
        URI behindAFrontDoor = URI.create(first.url() + "/realtime/");
        assertThat(api(behindAFrontDoor).health().status()).isEqualTo("ok");
        assertThat(first.asked.getFirst().request).isEqualTo("GET /realtime/health");
        assertThat(first.asked.getFirst().header("Authorization")).isEqualTo("null");
    }

    @Test
    void pathsAndParametersAreEncoded() {
        first.answer = json("{\"items\":[]}");
        AdminApi api = api(first.url());
        api.events(
                IRINA,
                Query.none()
                        .with("text", " a&b=c+d%{e} ")
                        .with("nothing", null)
                        .with("room", "city:Саратов")
                        .with("room", "everyone"));
        assertThat(first.asked.getFirst().exchange.getRequestURI().getRawQuery())
                .matches("[\\x21-\\x7e]+");
        assertThat(URI.create(first.asked.getFirst().request.substring(4)).getQuery())
                .isEqualTo("text=a&b=c+d%{e}&room=city:Саратов&room=everyone");
        first.answer = json(RESULT);
        api.closeSocket(IRINA, "a/b ?ж{x}", new Reason("why"));
        Asked close = first.asked.getLast();
        assertThat(close.request).isEqualTo("POST /api/v1/admin/connections/a%2Fb%20%3F%D0%B6%7Bx%7D/close");
        assertThat(close.body).isEqualTo("{\"reason\":\"why\"}");
        assertThat(close.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void readsGoToTheNextInstanceAndStayThere() throws Exception {
        AdminApi api = api(nobody(), first.url(), second.url());
        api.blocks(IRINA);
        first.answer = AdminApiTest::breakOff;
        api.blocks(IRINA);
        api.blocks(IRINA);
        assertThat(first.asked).hasSizeBetween(2, 3);
        assertThat(second.asked).hasSize(2);
    }

    @Test
    void retriesATruncatedAnswerAtTheNextInstance() {
        first.answer = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            breakOff(exchange);
        };
        assertThat(api(first.url(), second.url()).blocks(IRINA)).isEmpty();
        assertThat(second.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInstanceThatIsSilentOrTooSlowTimesOut(boolean trickles) {
        first.answer = exchange -> {
            if (trickles) {
                exchange.sendResponseHeaders(200, 0);
            }
            for (int i = 0; i < 100; i++) {
                if (trickles) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
                try {
                    Thread.sleep(Duration.ofMillis(200));
                } catch (InterruptedException e) {
                    return;
                }
            }
        };
        long began = System.nanoTime();
        assertThat(api(first.url(), second.url()).blocks(IRINA)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(5500), Duration.ofSeconds(10));
    }

    @Test
    void changesAreRetriedOnlyIfTheyNeverArrived() throws Exception {
        first.answer = json(RESULT);
        api(nobody(), first.url()).closeUser(IRINA, "17", new Reason("why"));
        assertThat(first.asked).hasSize(1);
        first.answer = AdminApiTest::breakOff;
        assertThatExceptionOfType(ServiceAwayException.class)
                .isThrownBy(() -> api(first.url(), second.url()).closeUser(IRINA, "17", new Reason("why")))
                .withMessage("No instance of the service answers.");
        assertThat(second.asked).isEmpty();
    }

    @Test
    void passesOnARefusalOfTheService() {
        first.answer = answer(403, "application/problem+json; charset=utf-8", """
                {"status":403,"title":"Forbidden","detail":"Not for viewers.","code":"forbidden"}""");
        AdminApi api = api(first.url(), second.url());
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> api.blocks(IRINA))
                .withMessage("Not for viewers.")
                .satisfies(e -> assertThat(e.is(ErrorCode.FORBIDDEN)).isTrue());
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> api.unblock(IRINA, "17", new Reason("why")));
        assertThat(second.asked).isEmpty();
    }

    @Test
    void aStatusWithoutAProblemIsNotFromTheService() {
        first.answer = answer(502, "text/html", "<html>");
        AdminApi api = api(first.url(), second.url());
        assertThatExceptionOfType(ServiceAwayException.class)
                .isThrownBy(() -> api.blocks(IRINA))
                .withMessage("The service answered with status 502.");
        first.answer = answer(404, "application/json", "{}");
        assertThatExceptionOfType(ServiceAwayException.class)
                .isThrownBy(() -> api.blocks(IRINA))
                .withMessage("The answer did not come from the service: status 404.");
        assertThat(second.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 text/html <html>",
                "200 application/json <html>",
                "200 application/json {\"a\":1}",
                "200 application/json ",
                "204 application/json ",
                "302 text/html <html>",
                "400 application/problem+json <html>"
            })
    void detectsAnswersThatAreNotFromTheService(String answer) {
        String[] parts = answer.split(" ", 3);
        first.answer = answer(Integer.parseInt(parts[0]), parts[1], parts[2]);
        assertThatExceptionOfType(ServiceAwayException.class)
                .isThrownBy(() -> api(first.url()).blocks(IRINA))
                .withMessage("The answer is not in the service's format.");
    }

    @Test
    void anInterruptEndsTheWait() {
        try {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(ServiceAwayException.class)
                    .isThrownBy(() -> api(first.url(), second.url()).blocks(IRINA))
                    .withMessage("The console is stopping.");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(second.asked).isEmpty();
    }

    private static AdminApi api(URI... instances) {
        ApiProperties properties = new ApiProperties(List.of(instances), SECRET);
        return ServiceClient.adminApi(properties, new AdminTokens(properties), new JsonMapper());
    }

    private static Answer json(String body) {
        return answer(200, "application/json", body);
    }

    private static Answer answer(int status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    /** Closes the connection, without an answer or in its midst. */
    private static void breakOff(HttpExchange exchange) throws IOException {
        throw new IOException("broken off by the test");
    }

    private static URI nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
