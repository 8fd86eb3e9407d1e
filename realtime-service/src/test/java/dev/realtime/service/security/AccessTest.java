package dev.realtime.service.security;

import static dev.realtime.service.rest.TestService.ALLOWED_ORIGIN;
import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static dev.realtime.service.rest.TestService.jwt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final byte[] CALL =
            ("{\"token\":\"" + WEBHOOK_TOKEN + "\",\"call\":{\"id\":1}}").getBytes(StandardCharsets.UTF_8);

    private final TestService service = TestService.shared();

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
    }

    // What is there, and for whom

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/", "/nothing", "/api", "/api/v1", "/api/v1/nothing", "/api/v1/broadcast", "/api/v1/broadcast/a/b",
                "/api/v1/stats", "/api/v1/stats/nothing", "/error", "/health/", "/healthy", "/login", "/logout",
                "/favicon.ico", "/index.html", "/swagger-ui/index.html", "/v3/api-docs", "/api/docs/nothing",
            })
    void whatIsNotThereIsNotFoundWhoeverAsks(String path) {
        refused(service.get(path), 404, "not_found");
        refused(service.get(path, "Accept", "text/html"), 404, "not_found");
        refused(service.get(path, "Authorization", "Bearer " + WEBHOOK_TOKEN), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/env",
                "/beans",
                "/heapdump",
                "/configprops",
                "/loggers",
                "/threaddump",
                "/shutdown",
                "/mappings",
                "/metrics",
                "/info",
                "/bindings",
                "/channels",
                "/integrationgraph",
                "/scheduledtasks",
                "/conditions",
                "/health/redis",
                "/health/diskSpace",
                "/health/readiness/readinessState",
                "/prometheus/x",
            })
    void theRestOfTheActuatorIsClosed(String path) {
        refused(service.get("/actuator" + path), 401, "token_missing");
        refused(service.get("/actuator" + path, "Authorization", "Bearer " + WEBHOOK_TOKEN), 403, "forbidden");
        refused(service.get("/actuator" + path, "Authorization", "Bearer " + jwt(1, "admin")), 403, "forbidden");
    }

    @Test
    void metricsAreForServicesAndAdmins() {
        refused(service.get("/actuator/prometheus"), 401, "token_missing");
        refused(service.get("/actuator/prometheus", "Authorization", "Bearer " + jwt(1, "director")), 403, "forbidden");
        refused(service.get("/actuator/prometheus", "Authorization", "Bearer " + jwt(1, "operator")), 403, "forbidden");
        for (String token : new String[] {WEBHOOK_TOKEN, jwt(1, "admin")}) {
            Answer metrics = service.get("/actuator/prometheus", "Authorization", "Bearer " + token);
            assertThat(metrics.status()).isEqualTo(200);
            assertThat(metrics.text()).startsWith("# ").contains("jvm_memory_used_bytes");
        }
        Answer openMetrics = service.get(
                "/actuator/prometheus",
                "X-Webhook-Token",
                WEBHOOK_TOKEN,
                "Accept",
                "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
        assertThat(openMetrics.header("Content-Type")).startsWith("application/openmetrics-text");
    }

    @Test
    void healthsDetailsAreForServicesAndAdmins() {
        assertThat(service.get("/actuator/health/liveness").text()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(service.get("/actuator/health/readiness").text()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(service.get("/actuator/health").text()).doesNotContain("components");
        assertThat(service.get("/actuator/health", "Authorization", "Bearer " + jwt(1, "operator"))
                        .text())
                .doesNotContain("components");
        assertThat(service.get("/actuator/health", "Authorization", "Bearer " + WEBHOOK_TOKEN)
                        .text())
                .contains("components");
    }

    @Test
    void everyAnswerCarriesTheHeadersOfCaution() {
        for (String path : new String[] {"/health", "/api/v1/stats/rooms", "/nothing", "/actuator/env"}) {
            Answer answer = service.get(path);
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    // Whatever goes wrong is a problem

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROPFIND /health",
                "BREW /nothing",
                "TRACE /health",
                "TRACE /nothing",
                "GET /%2e%2e/x",
                "GET /a%5Cb",
                "GET /a\\b",
                "GET /a|b",
                "GET /{x}",
                "GET /%FF",
                "GET /a%C0%AF",
                "GET /a^b?{c}",
                "GET /%zz",
                "GET /a%00b",
                "GET /a;b",
                "GET //health",
                "CONNECT /x"
            })
    void oddRequestsGetProblemsAndNoPages(String line) throws IOException {
        String answer = raw(line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 [45]\\d\\d .*");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .contains("content-type: application/problem+json")
                .doesNotContain("<html", "apache", "exception", "at org.", "whitelabel");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void manyHeadersAndOddQueriesAreFine() throws IOException {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            headers.append("X-").append(i).append(": a\r\n");
        }
        assertThat(raw("GET /health?a={b|c}&d=%zz HTTP/1.1\r\nHost: realtime-service:5009\r\nConnection: close\r\n"
                        + headers + "\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aTokenThatIsNoAsciiIsAWrongToken() throws IOException {
        for (String path : new String[] {"GET /api/v1/stats/rooms", "POST /api/v1/broadcast/call-new"}) {
            assertThat(raw(path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n"
                            + "Authorization: Bearer \u00D1\u0081\r\n\r\n{}"))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void headersThatAreTooLargeAreAProblem() throws IOException {
        String answer = raw("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Large: "
                + "x".repeat(100_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431").contains("application/problem+json");
    }

    // Origins

    private String raw(String method, String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return raw(request + "\r\n");
    }

    @Test
    void pagesOfTheServicesOwnOriginPass() throws IOException {
        assertThat(raw("GET", "/health", "Host", "realtime:5009", "Origin", "http://realtime:5009"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("access-control-allow-origin: http://realtime:5009");
        assertThat(raw("GET", "/health", "Host", "Realtime", "Origin", "http://realtime"))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("GET", "/health", "Host", "[::1]:5009", "Origin", "http://[::1]:5009"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void whatAnUntrustedPeerForwardsDoesNotMakeAnOriginOurs() throws IOException {
        assertThat(raw(
                        "GET",
                        "/health",
                        "Host",
                        "realtime:5009",
                        "X-Forwarded-Host",
                        "evil.example",
                        "Origin",
                        "http://evil.example"))
                .startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "null", "http://office.example", "https://office.example.evil.example"})
    void pagesOfOtherOriginsAreRefusedEverywhere(String origin) {
        for (String path : new String[] {"/health", "/api/v1/stats/rooms", "/actuator/health/liveness", "/nothing"}) {
            Answer answer = service.get(path, "Origin", origin);
            refused(answer, 403, "origin_forbidden");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(answer.response().headers().allValues("Vary")).contains("Origin");
        }
        refused(
                service.send(
                        "POST",
                        "/api/v1/broadcast/call-new",
                        CALL,
                        "Content-Type",
                        "application/json",
                        "Origin",
                        origin),
                403,
                "origin_forbidden");
        refused(preflight(origin), 403, "origin_forbidden");
    }

    private Answer preflight(String origin) {
        return service.send(
                "OPTIONS",
                "/api/v1/broadcast/call-new",
                null,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type,authorization");
    }

    @Test
    void pagesOfAListedOriginAreServed() {
        Answer preflight = preflight(ALLOWED_ORIGIN);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED_ORIGIN);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("GET", "POST");
        assertThat(preflight.header("Access-Control-Allow-Headers"))
                .contains("Authorization", "Content-Type", "Idempotency-Key", "X-Webhook-Token");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();

        Answer posted = service.send(
                "POST",
                "/api/v1/broadcast/call-new",
                CALL,
                "Content-Type",
                "application/json",
                "Origin",
                ALLOWED_ORIGIN);
        assertThat(posted.status()).as(posted.toString()).isEqualTo(200);
        assertThat(posted.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED_ORIGIN);
        Answer refusal = service.get("/api/v1/stats/rooms", "Origin", ALLOWED_ORIGIN, "X-Webhook-Token", "wrong");
        refused(refusal, 401, "token_invalid");
        assertThat(refusal.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED_ORIGIN);
    }
}
