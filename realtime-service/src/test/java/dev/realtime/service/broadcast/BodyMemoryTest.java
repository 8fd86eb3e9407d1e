package dev.realtime.service.broadcast;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

    private static final String CALL = "{\"token\":\"" + WEBHOOK_TOKEN + "\",\"call\":{\"id\":1}}";
    private static final int LARGE = 1024 * 1024;

    @Test
    void bodiesThatFillTheMemoryAreRefusedAndItComesBack() throws IOException {
        try (TestRedis redis = TestRedis.started();
                TestService service = TestService.start(redis, "realtime.broadcast.body-memory=2MB")) {
            List<Socket> senders = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Socket sender = new Socket(InetAddress.getLoopbackAddress(), service.port());
                senders.add(sender);
                sender.getOutputStream()
                        .write(("POST /api/v1/broadcast/call-new HTTP/1.1\r\nHost: x\r\nContent-Length: " + LARGE
                                        + "\r\n\r\n" + " ".repeat(LARGE - 1))
                                .getBytes(ISO_8859_1));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                Answer answer = service.broadcast("call-new", CALL);
                if (answer.status() != 503) {
                    return false;
                }
                assertThat(answer.json().get("code").asString()).isEqualTo("overloaded");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
                return true;
            });
            for (Socket sender : senders) {
                sender.close();
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.broadcast("call-new", CALL).status() == 200);
        }
    }
}
