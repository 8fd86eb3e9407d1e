package dev.realtime.service.gateway.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.LeakWatch;
import dev.realtime.testkit.RawClient;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads and bodies that could be read in two ways: refused, the connection closed, nothing behind them served. */
class FramingTest {

    @RegisterExtension
    static final LeakWatch LEAKS = new LeakWatch();

    private static final String SMUGGLED = "GET /api/seen/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    private static TestDoor door;

    @BeforeAll
    static void open() {
        door = TestDoor.open();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                Arguments.of("length and coding", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"),
                Arguments.of("coding and length", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"),
                Arguments.of("two lengths", "Content-Length: 4\r\nContent-Length: 5\r\n"),
                Arguments.of("the same length twice", "Content-Length: 4\r\nContent-Length: 4\r\n"),
                Arguments.of("a list of lengths", "Content-Length: 4, 5\r\n"),
                Arguments.of("a list of one length", "Content-Length: 4, 4\r\n"),
                Arguments.of("a signed length", "Content-Length: +4\r\n"),
                Arguments.of("a negative length", "Content-Length: -4\r\n"),
                Arguments.of("a hex length", "Content-Length: 0x4\r\n"),
                Arguments.of("a length with a tail", "Content-Length: 4 4\r\n"),
                Arguments.of("an empty length", "Content-Length:\r\n"),
                Arguments.of("a huge length", "Content-Length: 99999999999999999999\r\n"),
                Arguments.of("an unknown coding", "Transfer-Encoding: xchunked\r\n"),
                Arguments.of("identity", "Transfer-Encoding: identity\r\n"),
                Arguments.of("gzip before chunked", "Transfer-Encoding: gzip, chunked\r\n"),
                Arguments.of("chunked before gzip", "Transfer-Encoding: chunked, gzip\r\n"),
                Arguments.of("chunked twice", "Transfer-Encoding: chunked, chunked\r\n"),
                Arguments.of("two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
                Arguments.of("an empty coding", "Transfer-Encoding:\r\n"),
                Arguments.of("a quoted coding", "Transfer-Encoding: \"chunked\"\r\n"),
                Arguments.of(
                        "a tab before chunked and a length", "Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n"),
                Arguments.of("a vertical tab before chunked", "Transfer-Encoding: \u000bchunked\r\n"),
                Arguments.of("a blank before the colon", "Transfer-Encoding : chunked\r\nContent-Length: 4\r\n"),
                Arguments.of("a blank in a name", "Content Length: 4\r\n"),
                Arguments.of("an empty name", ": 4\r\n"),
                Arguments.of("no colon", "Content-Length\r\n"),
                Arguments.of("a NUL in a value", "X-A: a\u0000b\r\n"),
                Arguments.of("a bare CR in a value", "X-A: a\rContent-Length: 4\r\n"),
                Arguments.of("a folded line", "X-A: a\r\n Content-Length: 4\r\n"),
                Arguments.of("a folded coding", "Transfer-Encoding:\r\n chunked\r\n"),
                Arguments.of("a line folded with a tab", "X-A: a\r\n\tb\r\n"),
                Arguments.of("a bare LF", "X-A: a\nContent-Length: 4\r\n"),
                Arguments.of("a WebSocket draft", "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n"),
                Arguments.of("a second host", "Host: b\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void isRefused(String name, String headers) throws IOException {
        refusedWith(400, "POST /api/echo HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n0\r\n\r\n" + SMUGGLED);
        // The same for the gateway, and for a method without a body.
        refusedWith(400, "GET /socket.io/ HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n0\r\n\r\n" + SMUGGLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/seen/x HTTP/1.1\r\n\r\n",
                "GET /api/seen/x HTTP/1.1\r\nHost:\r\n\r\n",
                "GET /api/seen/x HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /api/seen/x HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET /api/seen/x HTTP/1.1\r\nHost: a@b\r\n\r\n",
                "GET /api/seen/x HTTP/1.1\r\nHost: a:http\r\n\r\n",
                "GET /api/seen/x HTTP/1.1\r\nHost: a:65536\r\n\r\n",
                "GET /api/seen/x HTTP/1.1\r\n Host: a\r\n\r\n",
                "POST /api/echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET\r\n\r\n",
                "GET /api/seen/x\r\n\r\n",
                "G@T /api/seen/x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/seen/a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET api/seen/x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET ftp://a/x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://u@a/x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void aBadHeadIsRefused(String head) throws IOException {
        refusedWith(400, head + SMUGGLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g\r\nabc\r\n",
                "-1\r\nabc\r\n",
                "0x3\r\nabc\r\n",
                " 3\r\nabc\r\n",
                "3 \r\nabc\r\n",
                "\r\nabc\r\n",
                "3\nabc\r\n",
                "3\r\nabcd\r\n",
                "3\r\nabc\n",
                "3;a\nb\r\nabc\r\n",
                "80000000\r\nabc\r\n",
                "ffffffffffffffff\r\nabc\r\n"
            })
    void aBadChunkEndsTheConnection(String chunk) throws IOException {
        for (String path : new String[] {"/api/count", "/socket.io/"}) {
            int before = door.api().requests.get();
            try (RawClient client = door.raw()) {
                client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk
                        + "0\r\n\r\n" + SMUGGLED);
                assertThat(client.read().status()).isEqualTo(400);
                assertThat(client.closedByServer()).isTrue();
            }
            assertThat(door.api().requests.get()).isEqualTo(before);
        }
    }

    @Test
    void whatIsTooLongIsRefusedByName() throws IOException {
        refusedWith(414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        refusedWith(431, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(17_000) + "\r\n\r\n");
        refusedWith(431, "GET / HTTP/1.1\r\nHost: a\r\n" + "X: 12345678\r\n".repeat(2000) + "\r\n");
        refusedWith(505, "GET / HTTP/1.2\r\nHost: a\r\n\r\n");
        refusedWith(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        refusedWith(501, "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void aHeadByteByByteIsFineAndAFoldAcrossReadsIsNot() throws Exception {
        try (RawClient client = door.raw()) {
            for (char c : "GET /api/seen/slowly HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.read().status()).isEqualTo(200);
            for (char c : "GET /api/seen/fold HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void emptyLinesBeforeARequestAreSkipped() throws IOException {
        try (RawClient client = door.raw()) {
            assertThat(client.send("\r\n\r\n").get("/api/seen/x").status()).isEqualTo(200);
            assertThat(client.send("\r\n").get("/api/seen/x").status()).isEqualTo(200);
        }
    }

    @Test
    void chunkExtensionsAndTrailersAreToleratedAndDropped() throws IOException {
        try (RawClient client = door.raw()) {
            client.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
                    + "3;a=b\r\nabc\r\n0\r\nX-T: 1\r\nContent-Length: 7\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("abc");
            assertThat(client.get("/api/seen/x").status()).isEqualTo(200);
        }
    }

    @Test
    void anAbsoluteTargetIsTakenApart() throws IOException {
        try (RawClient client = door.raw()) {
            client.send("GET http://other:8080/api/seen/x?y HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().body())
                    .contains("\"uri\":\"/api/seen/x\"", "\"serverName\":\"other\"", "\"serverPort\":8080");
            client.send("GET http://other/socket.io/ HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().body()).startsWith("gateway GET /socket.io/");
            assertThat(client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .status())
                    .isLessThan(500);
        }
    }

    @Test
    void refusalsAreProblemDetailsAndCounted() throws IOException {
        double before = door.counter("realtime.frontdoor.refused", "code", "bad_request");
        try (RawClient client = door.raw()) {
            RawClient.Response response = client.send("GET / HTTP/1.1\r\n\r\n").read();
            assertThat(response.header("content-type")).isEqualTo("application/problem+json");
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(response.body()).contains("\"status\":400", "\"code\":\"bad_request\"");
        }
        assertThat(door.counter("realtime.frontdoor.refused", "code", "bad_request"))
                .isEqualTo(before + 1);
    }

    private static void refusedWith(int status, String bytes) throws IOException {
        int before = door.api().requests.get();
        try (RawClient client = door.raw()) {
            assertThat(client.send(bytes).read().status()).isEqualTo(status);
            assertThat(client.closedByServer()).isTrue();
        }
        assertThat(door.api().requests.get()).isEqualTo(before);
    }
}
