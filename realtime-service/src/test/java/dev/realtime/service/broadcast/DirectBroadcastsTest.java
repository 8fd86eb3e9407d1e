package dev.realtime.service.broadcast;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.frontdoor.body.BodyMemory;
import dev.realtime.service.rest.TestService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every POST to the broadcast API is answered at the front door, with a length or in chunks, and in the same words. */
class DirectBroadcastsTest {

    private static final String CALL =
            "{\"call\":{\"id\":7,\"phoneClient\":\"+79990000000\",\"operatorId\":1,\"status\":\"new\"}}";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final TestService service = TestService.shared();
    private final MeterRegistry meters = service.bean(MeterRegistry.class);

    @AfterAll
    static void end() {
        CLIENT.shutdownNow();
    }

    private HttpResponse<String> post(String event, BodyPublisher body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.uri("/api/v1/broadcast/" + event))
                .POST(body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private double taken(String route) {
        return meters.counter("realtime.frontdoor.requests", "route", route).count();
    }

    /** Posts it with a length and in chunks, and checks that the answers are alike. */
    private HttpResponse<String> bothWays(String event, String body, String... headers) throws Exception {
        double direct = taken("direct");
        HttpResponse<String> withLength = post(event, BodyPublishers.ofString(body), headers);
        HttpResponse<String> chunked =
                post(event, BodyPublishers.fromPublisher(BodyPublishers.ofString(body)), headers);
        assertThat(taken("direct") - direct).isEqualTo(2);
        assertThat(withLength.statusCode()).isEqualTo(chunked.statusCode());
        assertThat(essential(withLength)).isEqualTo(essential(chunked));
        assertThat(withoutId(withLength.body())).isEqualTo(withoutId(chunked.body()));
        assertThat(withLength.headers().firstValue("date")).isPresent();
        return withLength;
    }

    private static Map<String, List<String>> essential(HttpResponse<String> response) {
        Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
        headers.keySet().removeAll(List.of("date", "content-length", "transfer-encoding"));
        return headers;
    }

    private static String withoutId(String body) {
        return body.replaceFirst("\"id\":\"[0-9-]+\"", "");
    }

    private static String[] with(String... more) {
        List<String> headers =
                new ArrayList<>(List.of("X-Webhook-Token", WEBHOOK_TOKEN, "Content-Type", "application/json"));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    @Test
    void whatIsAccepted() throws Exception {
        assertThat(bothWays("call-new", CALL, with()).statusCode()).isEqualTo(200);
        assertThat(bothWays("call-new", CALL, "Authorization", "Bearer " + WEBHOOK_TOKEN)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRepetition() throws Exception {
        String[] headers = with("Idempotency-Key", "direct-" + System.nanoTime());
        assertThat(post("call-new", BodyPublishers.ofString(CALL), headers)
                        .headers()
                        .firstValue("idempotent-replayed"))
                .isEmpty();
        HttpResponse<String> again = bothWays("call-new", CALL, headers);
        assertThat(again.headers().firstValue("idempotent-replayed")).hasValue("true");
        assertThat(bothWays("call-new", CALL.replace("7", "8"), headers).statusCode())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"call\":{}}|Content-Type|application/json",
                "401|{\"call\":{}}|X-Webhook-Token|wrong",
                "400|{\"call\":{}}|X-Webhook-Token|" + WEBHOOK_TOKEN,
                "400|{\"call\":|X-Webhook-Token|" + WEBHOOK_TOKEN,
                "400|''|X-Webhook-Token|" + WEBHOOK_TOKEN,
                "415|{\"call\":{}}|Content-Type|text/plain",
                "415|{\"call\":{}}|Content-Encoding|gzip",
                "401|{\"call\":{},\"token\":\"wrong\"}|X-Webhook-Token|" + WEBHOOK_TOKEN,
            })
    void whatIsRefused(int status, String body, String header, String value) throws Exception {
        assertThat(bothWays("call-new", body, header, value).statusCode()).isEqualTo(status);
    }

    @Test
    void aKeyThatIsNone() throws Exception {
        assertThat(bothWays("call-new", CALL, with("Idempotency-Key", "a b")).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"call-gone,404", "call-new?a=b,401", "call%2Dnew,401"})
    void eachSpellingOfAPath(String event, int status) throws Exception {
        double proxied = taken("proxied");
        assertThat(raw("POST /api/v1/broadcast/" + event
                        + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"))
                .startsWith("HTTP/1.1 " + status);
        assertThat(taken("proxied")).isEqualTo(proxied);
    }

    @Test
    void aPageOfAnAllowedOriginMayReadTheAnswerAndAnotherMayNotPost() throws Exception {
        // Java's client would not let a page's header through.
        String head =
                "POST /api/v1/broadcast/call-new HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n";
        assertThat(raw(head + "Origin: " + TestService.ALLOWED_ORIGIN + "\r\n\r\n{}"))
                .startsWith("HTTP/1.1 401")
                .containsIgnoringCase("Access-Control-Allow-Origin: " + TestService.ALLOWED_ORIGIN);
        assertThat(raw(head + "Origin: https://elsewhere.example\r\n\r\n{}"))
                .startsWith("HTTP/1.1 403")
                .contains("origin_forbidden")
                .doesNotContainIgnoringCase("Access-Control-Allow-Origin");
    }

    @ParameterizedTest
    @CsvSource({"X-Webhook-Token: wrong,401", "Content-Length: 2000000,413", "X-A: b,100"})
    void whatTheHeadTellsIsAnsweredBeforeTheBodyArrives(String header, int status) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(10_000);
            String length = header.startsWith("Content-Length") ? "" : "Content-Length: 100000\r\n";
            socket.getOutputStream()
                    .write(("POST /api/v1/broadcast/call-new HTTP/1.1\r\nHost: a\r\n" + length + header
                                    + "\r\nExpect: 100-continue\r\n\r\n")
                            .getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 " + status);
        }
    }

    @Test
    void aWrongTokenAtTheBeginningOfABodyIsAnsweredBeforeTheRestArrives() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /api/v1/broadcast/call-new HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
                                    + "{ \"token\" : \"wrong\", \"call\"")
                            .getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 401");
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void severalRequestsAtOnceAndABodyInPieces() throws IOException {
        String head = "POST /api/v1/broadcast/call-new HTTP/1.1\r\nHost: a\r\nX-Webhook-Token: " + WEBHOOK_TOKEN
                + "\r\nContent-Length: " + CALL.length() + "\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            out.write(
                    (head + "\r\n" + CALL + head + "\r\n" + CALL + head + "Connection: close\r\n\r\n").getBytes(UTF_8));
            for (byte b : CALL.getBytes(UTF_8)) {
                out.write(b);
            }
            String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(4);
            assertThat(answers.split("\"success\":true", -1)).hasSize(4);
        }
    }

    @Test
    void whoGoesAwayInTheMiddleOfABodyGivesItsMemoryBack() throws IOException {
        BodyMemory memory = service.bean(BodyMemory.class);
        long before = memory.held();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream()
                    .write(
                            "POST /api/v1/broadcast/call-new HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n{\"call\":"
                                    .getBytes(UTF_8));
            await().until(() -> memory.held() > before);
        }
        await().until(() -> memory.held() == before);
    }

    @Test
    void bothWaysCountInTheSameMetric() throws Exception {
        Timer timer = meters.get("http.server.requests")
                .tags("uri", "/api/v1/broadcast/{event}", "status", "200", "method", "POST")
                .timer();
        long before = timer.count();
        bothWays("call-new", CALL, with());
        await().until(() -> timer.count() == before + 2);
    }
}
