package dev.realtime.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.testkit.LeakWatch;
import dev.realtime.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Back ends that are unavailable, stale, slow, rude or busy. */
class BackendTest {

    @RegisterExtension
    static final LeakWatch LEAKS = new LeakWatch();

    @Test
    void aBackEndThatIsAwayIs502AndTheConnectionGoesOn() throws IOException {
        InetSocketAddress away;
        try (FakeBackend gone = new FakeBackend((_, _) -> {})) {
            away = gone.address();
        }
        try (BareDoor door = new BareDoor(away);
                RawClient client = door.raw()) {
            RawClient.Response response = client.get("/api/x");
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.header("content-type")).isEqualTo("application/problem+json");
            assertThat(response.body()).contains("\"code\":\"backend_unavailable\"");
            client.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.read().status()).isEqualTo(502);
            assertThat(client.get("/socket.io/").status()).isEqualTo(200);
            assertThat(door.refused("backend_unavailable")).isEqualTo(2);
        }
    }

    @Test
    void aBackEndThatDoesNotAnswerIs504() throws IOException {
        try (FakeBackend silent = new FakeBackend((_, c) -> {
                    c.head();
                    c.head();
                });
                BareDoor door =
                        new BareDoor(silent.address(), limits -> limits.responseTimeout(Duration.ofMillis(300)));
                RawClient client = door.raw()) {
            RawClient.Response response = client.get("/api/x");
            assertThat(response.status()).isEqualTo(504);
            assertThat(response.body()).contains("\"code\":\"backend_timeout\"");
            client.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.read().status()).isEqualTo(504);
            assertThat(client.get("/socket.io/").status()).isEqualTo(200);
        }
    }

    @Test
    void connectionsAreKeptAndShared() throws IOException {
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    while (!c.head().isEmpty()) {
                        c.ok("ok");
                    }
                });
                BareDoor door = new BareDoor(backend.address())) {
            for (int i = 0; i < 5; i++) {
                try (RawClient client = door.raw()) {
                    assertThat(client.get("/api/x").body()).isEqualTo("ok");
                    assertThat(client.get("/api/x").body()).isEqualTo("ok");
                }
            }
            assertThat(backend.connections.get()).isEqualTo(1);
        }
    }

    /** The kept connection is closed in the very moment the next request is sent on it. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void aStaleConnectionIsNoErrorForAnIdempotentRequest(String method) throws IOException {
        try (FakeBackend backend = new FakeBackend((number, c) -> {
                    c.head();
                    c.send("HTTP/1.1 204 No Content\r\n\r\n");
                    if (number > 1) {
                        c.head();
                    } else {
                        c.head();
                        // Closes instead of answering the second request.
                    }
                });
                BareDoor door = new BareDoor(backend.address());
                RawClient client = door.raw()) {
            assertThat(client.get("/api/x").status()).isEqualTo(204);
            client.send(method + " /api/x HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(204);
            assertThat(backend.connections.get()).isEqualTo(2);
        }
    }

    @Test
    void aPostThatMayHaveArrivedIsNotSentTwice() throws IOException {
        AtomicInteger posts = new AtomicInteger();
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    c.head();
                    c.ok("ok");
                    if (c.head().startsWith("POST")) {
                        posts.incrementAndGet();
                    }
                });
                BareDoor door = new BareDoor(backend.address());
                RawClient client = door.raw()) {
            assertThat(client.get("/api/x").status()).isEqualTo(200);
            client.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            assertThat(client.read().status()).isEqualTo(502);
            assertThat(posts.get()).isEqualTo(1);
        }
    }

    /** Closed a while ago: known before anything is sent, so any method goes on a fresh connection. */
    @Test
    void aConnectionClosedMeanwhileIsNotUsed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (FakeBackend backend = new FakeBackend((number, c) -> {
                    c.head();
                    if (number == 1) {
                        c.ok("ok");
                        c.socket.close();
                        closed.countDown();
                    } else {
                        c.body(2);
                        c.ok("ok");
                        c.head();
                    }
                });
                BareDoor door = new BareDoor(backend.address());
                RawClient client = door.raw()) {
            assertThat(client.get("/api/x").status()).isEqualTo(200);
            closed.await();
            // A round through the same event loop, so that it has seen the end.
            assertThat(client.get("/socket.io/").status()).isEqualTo(200);
            client.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void anIdleBackEndConnectionIsClosed() throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    c.head();
                    c.ok("ok");
                    c.head();
                    ended.countDown();
                });
                BareDoor door =
                        new BareDoor(backend.address(), limits -> limits.backendIdleTimeout(Duration.ofMillis(100)));
                RawClient client = door.raw()) {
            assertThat(client.get("/api/x").status()).isEqualTo(200);
            await().until(() -> ended.getCount() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
                ""
            })
    void anAnswerThatIsNoneIs502(String answer) throws IOException {
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    c.head();
                    c.send(answer);
                });
                BareDoor door = new BareDoor(backend.address());
                RawClient client = door.raw()) {
            assertThat(client.get("/api/x").status()).isEqualTo(502);
            assertThat(client.get("/socket.io/").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\n\r\n"
            })
    void halfAnAnswerIsNeverAWholeOne(String answer) throws IOException {
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    c.head();
                    c.send(answer);
                });
                BareDoor door = new BareDoor(backend.address());
                RawClient client = door.raw()) {
            client.send("GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThatThrownBy(client::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anAnswerBehindTheAnswerPoisonsNobody() throws IOException {
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    c.head();
                    c.send(
                            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\noneHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                    c.head();
                });
                BareDoor door = new BareDoor(backend.address())) {
            for (int i = 0; i < 3; i++) {
                try (RawClient client = door.raw()) {
                    assertThat(client.get("/api/x").body()).isEqualTo("one");
                }
            }
            assertThat(backend.connections.get()).isEqualTo(3);
        }
    }

    @Test
    void anEarlyAnswerAndACloseReachTheClientInTheMiddleOfItsUpload() throws IOException {
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    c.head();
                    c.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
                    // Closing with unread input in the socket makes the kernel send a reset.
                });
                BareDoor door = new BareDoor(backend.address(), limits -> limits.maxBody(64L * 1024 * 1024))) {
            byte[] piece = new byte[1024 * 1024];
            for (int round = 0; round < 10; round++) {
                try (RawClient client = door.raw()) {
                    client.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 20971520\r\n\r\n");
                    for (int i = 0; i < 20; i++) {
                        client.send(piece, piece.length);
                    }
                    RawClient.Response response = client.read();
                    assertThat(response.status()).isEqualTo(413);
                    assertThat(response.body()).isEqualTo("big");
                }
            }
        }
    }

    @Test
    void connectionsAreBoundedAndTheRestWaitsOrIs503() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    while (!c.head().isEmpty()) {
                        go.await();
                        c.ok("ok");
                    }
                });
                BareDoor door = new BareDoor(
                        backend.address(),
                        limits -> limits.maxBackendConnections(2).connectTimeout(Duration.ofSeconds(1)))) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(door.raw().send("GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            // Two are being served; the one that waits gives up in time.
            int busy = 0;
            RawClient.Response response = null;
            await().until(() -> door.refused("backend_busy") == 1);
            clients.add(door.raw().send("GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n"));
            go.countDown();
            for (RawClient client : clients) {
                response = client.read();
                busy += response.status() == 503 ? 1 : 0;
                assertThat(response.status()).isIn(200, 503);
                client.close();
            }
            assertThat(busy).isEqualTo(1);
            assertThat(backend.connections.get()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void oneClientLeavesConnectionsToTheOthers() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                        if (head.contains("/slow")) {
                            go.await();
                        }
                        c.ok("ok");
                    }
                });
                BareDoor door =
                        new BareDoor(backend.address(), limits -> limits.maxBackendConnections(8), "127.0.0.1")) {
            List<RawClient> greedy = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                greedy.add(door.raw().send("GET /slow HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n"));
            }
            await().until(() -> backend.connections.get() == 2);
            try (RawClient other = door.raw()) {
                other.send("GET /quick HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.8\r\n\r\n");
                assertThat(other.read().status()).isEqualTo(200);
            }
            assertThat(backend.connections.get()).isLessThanOrEqualTo(3);
            go.countDown();
            for (RawClient client : greedy) {
                assertThat(client.read().status()).isEqualTo(200);
                client.close();
            }
        }
    }

    @Test
    void aCloseDelimitedAnswerIsPassedOnInChunks() throws IOException {
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    c.head();
                    c.send("HTTP/1.1 200 OK\r\n\r\nall of it");
                });
                BareDoor door = new BareDoor(backend.address());
                RawClient client = door.raw()) {
            RawClient.Response response = client.get("/api/x");
            assertThat(response.header("transfer-encoding")).isEqualTo("chunked");
            assertThat(response.body()).isEqualTo("all of it");
        }
    }
}
