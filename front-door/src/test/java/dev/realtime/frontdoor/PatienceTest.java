package dev.realtime.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.testkit.LeakWatch;
import dev.realtime.testkit.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long the front door waits for a client, and for whom it waits as long as it takes. */
class PatienceTest {

    @RegisterExtension
    static final LeakWatch LEAKS = new LeakWatch();

    private static final Duration LONGER_THAN_ALL = Duration.ofMillis(1200);
    private static final CountDownLatch MAY_ANSWER = new CountDownLatch(1);

    private static FakeBackend backend;
    private static BareDoor door;

    @BeforeAll
    static void open() throws IOException {
        backend = new FakeBackend((_, c) -> {
            for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                if (head.contains("/slow")) {
                    MAY_ANSWER.await();
                }
                if (head.startsWith("GET /huge")) {
                    c.send("HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n");
                    for (int i = 0; i < 900; i++) {
                        c.send("x".repeat(1_000_000));
                    }
                } else if (!head.startsWith("POST")) {
                    c.ok("ok");
                }
            }
        });
        door = new BareDoor(
                backend.address(),
                limits -> limits.headTimeout(Duration.ofMillis(400))
                        .idleTimeout(Duration.ofMillis(500))
                        .bodyTimeout(Duration.ofMillis(400))
                        .writeTimeout(Duration.ofMillis(500)));
    }

    @AfterAll
    static void close() throws IOException {
        door.close();
        backend.close();
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (RawClient client = door.raw()) {
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aHeadThatDoesNotComeToItsEndIs408() throws IOException {
        try (RawClient client = door.raw()) {
            client.send("GET /api/x HTTP/1.1\r\nHost: a\r\nX-");
            assertThat(client.read().status()).isEqualTo(408);
            assertThat(client.closedByServer()).isTrue();
        }
        // Also as the second request, and on time even if it trickles.
        try (RawClient client = door.raw()) {
            assertThat(client.get("/api/x").status()).isEqualTo(200);
            client.send("GET");
            long start = System.nanoTime();
            Thread trickle = Thread.ofVirtual().start(() -> trickle(client));
            assertThat(client.read().status()).isEqualTo(408);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            trickle.interrupt();
        }
    }

    private static void trickle(RawClient client) {
        try {
            while (!Thread.interrupted()) {
                client.send("T");
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        } catch (IOException e) {
            // Closed, as expected.
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterAnAnswer() throws IOException {
        try (RawClient client = door.raw()) {
            assertThat(client.get("/api/x").status()).isEqualTo(200);
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aBodyThatStopsIs408() throws IOException {
        for (String path : new String[] {"/api/x", "/socket.io/"}) {
            try (RawClient client = door.raw()) {
                client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
                assertThat(client.read().status()).isEqualTo(408);
                assertThat(client.closedByServer()).isTrue();
            }
        }
    }

    @Test
    void openPollsUpgradesAndExchangesAreNotHurried() throws IOException {
        try (RawClient poll = door.raw();
                RawClient socket = door.raw();
                RawClient slow = door.raw()) {
            poll.send("GET /socket.io/poll HTTP/1.1\r\nHost: a\r\n\r\n");
            slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            socket.send("GET /socket.io/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertThat(socket.read().status()).isEqualTo(101);
            long end = System.nanoTime() + LONGER_THAN_ALL.toNanos();
            await().until(() -> System.nanoTime() > end);
            door.gateway.endPoll("patient");
            assertThat(poll.read().body()).isEqualTo("patient");
            MAY_ANSWER.countDown();
            assertThat(slow.read().body()).isEqualTo("ok");
            socket.send(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'}, 7);
            assertThat(socket.readBytes(3)).isEqualTo(new byte[] {(byte) 0x81, 1, 'x'});
        }
    }

    @Test
    void aClientThatReadsNothingIsCutOff() throws IOException {
        try (RawClient client = door.raw()) {
            client.send("GET /huge HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> door.meters.counter("frontdoor.truncated").count() == 1);
        }
    }
}
