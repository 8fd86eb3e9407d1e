package dev.realtime.service.rest;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static dev.realtime.service.rest.TestService.jwt;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.LogLines;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is sent, right or wrong, nothing of it is in the log above DEBUG. */
class QuietLogTest {

    private static final String PHONE = "79993334455";
    private static final String NAME = "Секретова";

    private final TestService service = TestService.shared();
    private final LogLines log = new LogLines();

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void nothingThatWasSentIsLogged() throws Exception {
        String token = "\"token\":\"" + WEBHOOK_TOKEN + "\"";
        String call = "{\"id\":1,\"phoneClient\":\"" + PHONE + "\",\"name\":\"" + NAME + "\"}";
        assertThat(service.broadcast("call-new", "{" + token + ",\"call\":" + call + "}")
                        .status())
                .isEqualTo(200);
        String[] wrong = {
            "{" + token + ",\"call\":" + call.replace("\"" + PHONE + "\"", PHONE) + "}",
            "{" + token + ",\"call\":" + call + ",\"rooms\":[\"" + PHONE + "\"]}",
            "{" + token + ",\"call\":" + call + "," + PHONE,
            "{\"token\":\"" + PHONE + "\",\"call\":" + call + "}",
            PHONE,
        };
        for (String body : wrong) {
            assertThat(service.broadcast("call-new", body).status()).isBetween(400, 401);
        }
        assertThat(service.broadcast("call-new", call, "Content-Type", "text/" + PHONE)
                        .status())
                .isEqualTo(415);
        assertThat(service.broadcast(PHONE, "{}").status()).isEqualTo(404);
        for (String path : new String[] {"/api/v1/stats/rooms", "/actuator/prometheus", "/" + PHONE}) {
            service.get(path, "Authorization", "Bearer " + PHONE);
            service.get(path, "Authorization", "Bearer " + jwt(PHONE, "operator"));
            service.get(path, "Authorization", "Bearer " + WEBHOOK_TOKEN);
        }
        for (String header : new String[] {
            "Authorization: Bearer", "X-Webhook-Token:", "Idempotency-Key:", "Origin:", "Content-Type:", "Accept:"
        }) {
            raw("GET /api/v1/stats/rooms HTTP/1.1\r\n" + header + " " + PHONE + "\u00D1\u0081\r\n");
            raw("POST /api/v1/broadcast/call-new HTTP/1.1\r\nContent-Length: 2\r\n" + header + " " + PHONE
                    + "\u00D1\u0081\r\n");
        }
        raw("GET /" + PHONE + "|%FF HTTP/1.1\r\n");
        raw("BREW /" + PHONE + " HTTP/1.1\r\n");
        try (Socket gone = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            gone.getOutputStream()
                    .write(("POST /api/v1/broadcast/call-new HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n{"
                                    + PHONE)
                            .getBytes(ISO_8859_1));
        }
        assertThat(service.get("/health").status()).isEqualTo(200);

        assertThat(log.lines())
                .noneMatch(line -> line.startsWith("ERROR"))
                .noneMatch(line -> line.contains(PHONE) || line.contains(NAME) || line.contains(WEBHOOK_TOKEN))
                .noneMatch(line -> line.contains(jwt(PHONE, "operator").substring(0, 30)));
    }

    private void raw(String lineAndHeaders) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((lineAndHeaders + "Host: x\r\nConnection: close\r\n\r\n{}").getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer).doesNotStartWith("HTTP/1.1 5");
        }
    }
}
