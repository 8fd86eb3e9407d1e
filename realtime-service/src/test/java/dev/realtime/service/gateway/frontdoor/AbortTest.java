package dev.realtime.service.gateway.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.testkit.LeakWatch;
import dev.realtime.testkit.RawClient;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Either side disappears in the middle: the other one learns it, nothing pretends to be complete, nothing is lost. */
class AbortTest {

    @RegisterExtension
    static final LeakWatch LEAKS = new LeakWatch();

    private static TestDoor door;

    @BeforeAll
    static void open() {
        door = TestDoor.open();
    }

    @AfterAll
    static void close() {
        await().untilAsserted(() -> assertThat(door.meters()
                        .get("realtime.frontdoor.connections")
                        .gauge()
                        .value())
                .isZero());
        door.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientGoneInTheMiddleOfItsUploadEndsTomcatsReading(boolean reset) throws IOException {
        int before = door.api().failedReads.get();
        long bytes = door.api().uploaded.get();
        RawClient client = door.raw();
        client.send("POST /api/count HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
        client.send(new byte[300_000], 300_000);
        await().until(() -> door.api().uploaded.get() > bytes);
        if (reset) {
            client.reset();
        } else {
            client.close();
        }
        await().atMost(Duration.ofSeconds(3)).until(() -> door.api().failedReads.get() == before + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientGoneInTheMiddleOfItsAnswerEndsTomcatsWriting(boolean reset) throws IOException {
        int before = door.api().failedWrites.get();
        RawClient client = new RawClient(door.port(), 64 * 1024);
        client.send("GET /api/big/2000000000 HTTP/1.1\r\nHost: a\r\n\r\n");
        client.readBytes(100_000);
        if (reset) {
            client.reset();
        } else {
            client.close();
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> door.api().failedWrites.get() == before + 1);
    }

    @Test
    void aClientGoneWhileTomcatThinksFreesTheBackEndConnection() throws IOException {
        int before = door.api().requests.get();
        RawClient client = door.raw();
        client.send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> door.api().requests.get() == before + 1);
        client.close();
        await().untilAsserted(() -> assertThat(door.meters()
                        .get("realtime.frontdoor.connections")
                        .gauge()
                        .value())
                .isZero());
        door.api().slowMayEnd.countDown();
    }

    @Test
    void aClientGoneInTheMiddleOfItsHeadOrBodyForTheGatewayIsForgotten() throws IOException {
        RawClient head = door.raw();
        head.send("GET /socket.io/ HT");
        head.close();
        int inactive = door.gateway.inactive.get();
        RawClient body = door.raw();
        body.send("POST /socket.io/ HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
        await().until(() -> door.gateway.bodyBytes.get() >= 3);
        body.close();
        await().until(() -> door.gateway.inactive.get() == inactive + 1);
    }

    @Test
    void anAnswerBrokenOffNeverLooksComplete() throws IOException {
        double before = door.counter("realtime.frontdoor.truncated");
        try (RawClient chunked = door.raw()) {
            chunked.send("GET /api/broken HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThatThrownBy(chunked::read).isInstanceOf(IOException.class);
        }
        try (RawClient length = door.raw()) {
            length.send("GET /api/broken?length HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThatThrownBy(length::read).isInstanceOf(IOException.class);
        }
        try (RawClient http10 = door.raw()) {
            http10.send("GET /api/broken HTTP/1.0\r\nHost: a\r\n\r\n");
            assertThatThrownBy(http10::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
        assertThat(door.counter("realtime.frontdoor.truncated")).isEqualTo(before + 3);
    }

    @Test
    void aWebSocketCutOffIsForgotten() throws IOException {
        int inactive = door.gateway.inactive.get();
        RawClient client = door.raw();
        client.send("GET /socket.io/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(101);
        client.reset();
        await().until(() -> door.gateway.inactive.get() == inactive + 1);
    }
}
