package dev.realtime.service.gateway.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.testkit.LeakWatch;
import dev.realtime.testkit.RawClient;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of both directions in every framing, large ones, refused ones. */
class StreamingTest {

    @RegisterExtension
    static final LeakWatch LEAKS = new LeakWatch();

    private static final int LARGE = 20 * 1024 * 1024;
    /** What the kernel's buffers of two connections may hold; far less than the 200 MB that are sent. */
    private static final long IN_FLIGHT = 80L * 1024 * 1024;
    /** What the front door itself may hold of them: some reads on each side, in the allocator's steps. */
    private static final long OWN_MEMORY = 8L * 1024 * 1024;

    private static TestDoor door;

    @BeforeAll
    static void open() {
        door = TestDoor.open("realtime.front-door.max-body=512MB");
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void aLargeUploadWithALengthArrivesWhole() throws Exception {
        HttpResponse<String> response = door.http.send(
                door.request("/api/count")
                        .POST(BodyPublishers.ofByteArray(new byte[LARGE]))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo(Integer.toString(LARGE));
    }

    @Test
    void aLargeChunkedEchoComesBackByteForByteWhileItIsSent() throws Exception {
        byte[] random = new byte[LARGE];
        new Random(1).nextBytes(random);
        int piece = 50_000;
        try (RawClient client = door.raw()) {
            client.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < LARGE; i += piece) {
                        int n = Math.min(piece, LARGE - i);
                        client.send(Integer.toHexString(n) + "\r\n");
                        client.send(Arrays.copyOfRange(random, i, i + n), n);
                        client.send("\r\n");
                    }
                    client.send("0\r\n\r\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            RawClient.Response response = client.read();
            writer.join();
            assertThat(response.header("transfer-encoding")).isEqualTo("chunked");
            assertThat(response.bytes()).isEqualTo(random);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 413, 422, 500, 503})
    void aLargeUploadThatIsRefusedGetsItsAnswer(int status) throws IOException {
        try (RawClient client = door.raw()) {
            client.send("POST /api/refuse/" + status + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + LARGE + "\r\n\r\n");
            // A client of the simple kind: writes everything before it reads anything.
            byte[] piece = new byte[1024 * 1024];
            for (int i = 0; i < 20; i++) {
                client.send(piece, piece.length);
            }
            RawClient.Response response = client.read();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.body()).isEqualTo("refused");
            // The client learns that what it would send next is not read.
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aSmallUploadThatIsRefusedKeepsItsConnection() throws IOException {
        try (RawClient client = door.raw()) {
            client.send("POST /api/refuse/401 HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
            client.send(new byte[60_000], 60_000);
            assertThat(client.read().status()).isEqualTo(401);
            assertThat(client.get("/socket.io/").body()).startsWith("gateway");
            assertThat(client.get("/api/seen/x").status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyBeyondTheBoundIs413() throws Exception {
        try (TestDoor small = TestDoor.open("realtime.front-door.max-body=64KB")) {
            try (RawClient client = small.raw()) {
                client.send("POST /api/count HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n");
                assertThat(client.read().status()).isEqualTo(413);
            }
            try (RawClient client = small.raw()) {
                client.send("POST /api/count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n");
                client.send(new byte[65_537], 65_537);
                assertThat(client.read().status()).isEqualTo(413);
            }
        }
    }

    @Test
    void aBodyThatDoesNotArriveHoldsNoBackEndConnection() throws Exception {
        try (TestDoor small = TestDoor.open("realtime.front-door.max-backend-connections=1")) {
            List<RawClient> slow = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                slow.add(small.raw()
                        .send("POST /api/count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"));
            }
            try (RawClient client = small.raw()) {
                assertThat(client.get("/api/seen/x").status()).isEqualTo(200);
            }
            for (RawClient client : slow) {
                client.send("0\r\n\r\n");
                assertThat(client.read().body()).isEqualTo("1");
                client.close();
            }
        }
    }

    @Test
    void aRefusedUploadOfUnknownLengthGetsItsAnswer() throws Exception {
        HttpResponse<String> response = door.http.send(
                door.request("/api/refuse/413")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LARGE])))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void uploadsThatAreRefusedDoNotDelayOthersOnTheSameEventLoops() throws Exception {
        try (ExecutorService uploads = Executors.newVirtualThreadPerTaskExecutor();
                RawClient other = door.raw()) {
            CompletableFuture<?>[] running = new CompletableFuture<?>[4];
            for (int i = 0; i < running.length; i++) {
                running[i] = CompletableFuture.runAsync(
                        () -> {
                            try {
                                aLargeUploadThatIsRefusedGetsItsAnswer(413);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        uploads);
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(running);
            long slowest = 0;
            int rounds = 0;
            while (!all.isDone() || rounds == 0) {
                long start = System.nanoTime();
                assertThat(other.get("/socket.io/").status()).isEqualTo(200);
                slowest = Math.max(slowest, System.nanoTime() - start);
                rounds++;
            }
            all.get(20, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void anUploadBeyondWhatIsDrainedEndsTheConnectionAfterTheAnswer() throws Exception {
        try (TestDoor small = TestDoor.open("realtime.front-door.max-drain=1MB");
                RawClient client = small.raw()) {
            client.send("POST /api/refuse/413 HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(413);
            byte[] piece = new byte[256 * 1024];
            for (int i = 0; i < 6; i++) {
                client.send(piece, piece.length);
            }
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aRefusedUploadThatStallsEndsTheConnection() throws Exception {
        try (TestDoor small = TestDoor.open("realtime.front-door.drain-timeout=300ms");
                RawClient client = small.raw()) {
            client.send("POST /api/refuse/413 HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
            // With less of it the request would not be on its way.
            client.send(new byte[70_000], 70_000);
            assertThat(client.read().status()).isEqualTo(413);
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?length"})
    void aSlowReaderHoldsTheBackEndBackAndGetsEverything(String query) throws Exception {
        long size = 200L * 1024 * 1024;
        door.api().uploaded.set(0);
        long memory = directMemory();
        try (RawClient client = new RawClient(door.port(), 64 * 1024)) {
            client.send("GET /api/big/" + size + query + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            await().until(() -> door.api().uploaded.get() > 0);
            settled(() -> door.api().uploaded.get());
            assertThat(door.api().uploaded.get()).isLessThan(IN_FLIGHT);
            assertThat(directMemory() - memory).isLessThan(OWN_MEMORY);
            // Chunked framing comes on top of the body, so at least as many bytes are there.
            byte[] piece = new byte[1024 * 1024];
            long read = 0;
            InputStream in = client.socket.getInputStream();
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                read += n;
            }
            assertThat(read).isGreaterThan(size);
        }
    }

    @Test
    void aSlowBackEndHoldsTheUploadBack() throws Exception {
        long memory = directMemory();
        try (RawClient client = door.raw()) {
            client.socket.setSoTimeout(2000);
            client.send("POST /api/stalled HTTP/1.1\r\nHost: a\r\nContent-Length: 200000000\r\n\r\n");
            CompletableFuture<Long> sent = new CompletableFuture<>();
            java.util.concurrent.atomic.AtomicLong written = new java.util.concurrent.atomic.AtomicLong();
            Thread writer = Thread.ofVirtual().start(() -> {
                byte[] piece = new byte[64 * 1024];
                try {
                    while (written.get() < 200_000_000) {
                        int n = (int) Math.min(piece.length, 200_000_000 - written.get());
                        client.send(piece, n);
                        written.addAndGet(n);
                    }
                    sent.complete(written.get());
                } catch (IOException e) {
                    sent.completeExceptionally(e);
                }
            });
            await().until(() -> written.get() > 0);
            settled(written::get);
            assertThat(written.get()).isLessThan(IN_FLIGHT);
            assertThat(directMemory() - memory).isLessThan(OWN_MEMORY);
            door.api().stalledMayRead.countDown();
            assertThat(sent.get(20, TimeUnit.SECONDS)).isEqualTo(200_000_000);
            client.socket.setSoTimeout(20_000);
            assertThat(client.read().body()).isEqualTo("200000000");
            writer.join();
        } finally {
            door.api().stalledMayRead.countDown();
        }
    }

    @Test
    void expectContinueGoesThrough() throws IOException {
        try (RawClient client = door.raw()) {
            client.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("hello").read().body()).isEqualTo("hello");
            assertThat(client.get("/api/seen/x").status()).isEqualTo(200);
        }
    }

    @Test
    void anExpectationIsMetBeforeTheBackEndIsAsked() throws IOException {
        try (RawClient client = door.raw()) {
            client.send(
                    "POST /api/refuse/401 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("hello").read().status()).isEqualTo(401);
            assertThat(client.get("/api/seen/x").status()).isEqualTo(200);
        }
    }

    @Test
    void headAndEmptyAnswersHaveNoBody() throws IOException {
        try (RawClient client = door.raw()) {
            client.send("HEAD /api/big/1000?length HTTP/1.1\r\nHost: a\r\n\r\n");
            RawClient.Response head = client.read(true);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("1000");
            assertThat(client.send("HEAD /api/big/100000 HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read(true)
                            .status())
                    .isEqualTo(200);
            assertThat(client.get("/api/status/204").status()).isEqualTo(204);
            assertThat(client.get("/api/status/304").status()).isEqualTo(304);
            assertThat(client.send("HEAD /socket.io/ HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read(true)
                            .status())
                    .isEqualTo(200);
            assertThat(client.get("/api/status/205").header("content-length")).isEqualTo("0");
            assertThat(client.get("/api/seen/x").status()).isEqualTo(200);
        }
    }

    @Test
    void http10GetsNoChunksAndItsConnectionBackWhenItAsks() throws IOException {
        try (RawClient client = door.raw()) {
            client.send("GET /api/big/100000 HTTP/1.0\r\n\r\n");
            RawClient.Response response = client.read();
            assertThat(response.headers()).doesNotContainKeys("transfer-encoding", "content-length");
            assertThat(response.body()).hasSize(100_000);
        }
        try (RawClient client = door.raw()) {
            client.send("GET /api/big/1000?length HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            RawClient.Response response = client.read();
            assertThat(response.header("connection")).isEqualTo("keep-alive");
            client.send("GET /socket.io/stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            RawClient.Response streamed = client.read();
            assertThat(streamed.header("connection")).isEqualTo("close");
            assertThat(streamed.body()).isEqualTo("one,two");
        }
    }

    @Test
    void connectionCloseIsObeyedOnBothRoutes() throws IOException {
        for (String path : new String[] {"/api/seen/x", "/socket.io/"}) {
            try (RawClient client = door.raw()) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                assertThat(client.read().header("connection")).isEqualTo("close");
                assertThat(client.closedByServer()).isTrue();
            }
        }
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    /** Waits until a number has not moved for a while. */
    private static void settled(java.util.concurrent.Callable<Long> number) {
        long[] last = {-1};
        await().atMost(Duration.ofSeconds(20)).during(Duration.ofMillis(700)).until(() -> {
            long now = number.call();
            boolean same = now == last[0];
            last[0] = now;
            return same;
        });
    }
}
