package dev.realtime.service.broadcast;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.frontdoor.body.BodyMemory;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
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
    void bodiesThatFillTheMemoryAreEndedAndNoNewcomerIsRefused() throws IOException {
        try (TestRedis redis = TestRedis.started();
                TestService service = TestService.start(redis, "realtime.front-door.body-memory=2MB")) {
            BodyMemory memory = service.bean(BodyMemory.class);
            List<Socket> senders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Socket sender = new Socket(InetAddress.getLoopbackAddress(), service.port());
                senders.add(sender);
                sender.getOutputStream()
                        .write(("POST /api/v1/broadcast/call-new HTTP/1.1\r\nHost: x\r\nContent-Length: " + LARGE
                                        + "\r\n\r\n" + " ".repeat(LARGE - 1))
                                .getBytes(ISO_8859_1));
                if (i == 0) {
                    // On a busy machine its bytes may still be on their way when the next body comes.
                    await().atMost(Duration.ofSeconds(20)).until(() -> memory.held() >= LARGE - 1);
                }
                assertThat(service.broadcast("call-new", CALL).status()).isEqualTo(200);
            }
            Socket first = senders.getFirst();
            first.setSoTimeout(20_000);
            assertThat(new String(first.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 408");
            assertThat(memory.held()).isLessThanOrEqualTo(LARGE);
            for (Socket sender : senders) {
                sender.close();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> memory.held() == 0);
        }
    }
}
