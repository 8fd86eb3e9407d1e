package dev.realtime.socketio.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.socketio.conformance.Gateway.Answer;
import dev.realtime.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO protocol v4: data over HTTP long-polling. */
public class EngineIoPollingConformanceTest {

    private static final int MAX_PAYLOAD = 10_000;

    @RegisterExtension
    static final Gateway GATEWAY = Gateway.engine(wanted -> wanted.maxPayload(MAX_PAYLOAD));

    private final PollingClient client = PollingClient.open(GATEWAY);

    protected EngineIoPollingConformanceTest() throws Exception {}

    @Test
    @DisplayName("Sending data: HTTP 200 and ok. Receiving data: the packet, in plain text")
    void oneMessage() throws Exception {
        Answer posted = client.post("4hello");
        assertThat(posted.status()).isEqualTo(200);
        assertThat(posted.body()).isEqualTo("ok");

        Answer polled = client.poll();
        assertThat(polled.status()).isEqualTo(200);
        assertThat(polled.contentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(polled.body()).isEqualTo("4hello");
    }

    @Test
    @DisplayName("Packet encoding, HTTP long-polling: packets between separators, in order; binary as b and base64")
    void severalPackets() throws Exception {
        String payload = "4hello\u001ebAQIDBA==\u001e4\u001e4€ 😀\u001eb\u001e4{\"a\":\"b\"}";
        assertThat(client.post(payload).status()).isEqualTo(200);

        assertThat(client.poll().body()).isEqualTo(payload);
    }

    @Test
    @DisplayName("Packet encoding, HTTP long-polling: every byte survives base64")
    void everyByte() throws Exception {
        StringBuilder base64 = new StringBuilder("b");
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        base64.append(java.util.Base64.getEncoder().encodeToString(all));
        client.post(base64.toString());

        assertThat(client.poll().body()).isEqualTo(base64.toString());
    }

    @Test
    @DisplayName("Packet encoding: base64 may have line breaks, as stock Java clients write it")
    void base64InLines() throws Exception {
        assertThat(client.post("bAQID\r\nBA==\n\u001eb\n\u001e4hello").status()).isEqualTo(200);

        assertThat(client.poll().body()).isEqualTo("bAQIDBA==\u001eb\u001e4hello");
    }

    @Test
    @DisplayName("Headers: without a content type, or with the one for bytes, the body is packets all the same")
    void contentTypes() throws Exception {
        assertThat(GATEWAY.send("POST", client.query(), "4one".getBytes(UTF_8)).status())
                .isEqualTo(200);
        assertThat(client.postBytes("4two\u001ebAQ==".getBytes(UTF_8)).status()).isEqualTo(200);

        assertThat(client.poll().body()).isEqualTo("4one\u001e4two\u001ebAQ==");
    }

    @Test
    @DisplayName("Receiving data: a GET waits until there is something")
    void aGetWaits() throws Exception {
        CompletableFuture<Answer> poll = client.pollAsync();
        client.post("4hello");

        assertThat(poll.join().body()).isEqualTo("4hello");
    }

    @Test
    @DisplayName("Receiving data: a second GET at a time is HTTP 400 and the end of the session")
    void twoGets() throws Exception {
        List<CompletableFuture<Answer>> polls = List.of(client.pollAsync(), client.pollAsync());
        List<String> answers = polls.stream()
                .map(CompletableFuture::join)
                .map(answer -> answer.status() == 200 ? answer.body() : String.valueOf(answer.status()))
                .toList();

        assertThat(answers).containsExactlyInAnyOrder("400", "1");
        client.awaitClosed();
    }

    @Test
    @DisplayName("Sending data: a second POST at a time is HTTP 400 and the end of the session")
    void twoPosts() throws Exception {
        try (RawClient first = new RawClient(GATEWAY.port())) {
            String head = "POST /engine.io/?" + client.query()
                    + " HTTP/1.1\r\nHost: door\r\nExpect: 100-continue\r\nContent-Length: 6\r\n\r\n";
            assertThat(first.send(head).read().status())
                    .as("the first has begun")
                    .isEqualTo(100);
            assertThat(client.post("4second").status()).isEqualTo(400);
            client.awaitClosed();
        }
    }

    @Test
    @DisplayName("Sending data: many POSTs one after the other keep their order")
    void manyPosts() throws Exception {
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            assertThat(client.post("4" + i).status()).isEqualTo(200);
            sent.append(i == 0 ? "" : "\u001e").append('4').append(i);
        }

        assertThat(client.poll().body()).isEqualTo(sent.toString());
    }

    @ParameterizedTest
    @DisplayName("Packet encoding: what is no packet of a client is HTTP 400 and the end of the session")
    @ValueSource(
            strings = {
                "abc",
                "7",
                " 4hello",
                "\u001e",
                "4hello\u001e",
                "4hello\u001eabc",
                "bAQID*",
                "0{\"sid\":\"x\"}",
                "2",
                "2probe",
                "\uFEFF4hello"
            })
    void invalidPackets(String payload) throws Exception {
        assertThat(client.post(payload).status()).isEqualTo(400);
        client.awaitClosed();
    }

    @Test
    @DisplayName("Packet encoding: an empty body holds no packet")
    void emptyBody() throws Exception {
        assertThat(client.post("").status()).isEqualTo(400);
        client.awaitClosed();
    }

    @Test
    @DisplayName("Packet encoding: text is UTF-8")
    void notUtf8() throws Exception {
        assertThat(client.postBytes(WebSocketClient.bytes('4', 0xC3, 0x28)).status())
                .isEqualTo(400);
        client.awaitClosed();
    }

    @Test
    @DisplayName("Handshake, maxPayload: a body of that size is taken, a larger one ends the session")
    void largestBody() throws Exception {
        String largest = "4" + "x".repeat(MAX_PAYLOAD - 1);
        assertThat(client.post(largest).status()).isEqualTo(200);
        assertThat(client.poll().body()).isEqualTo(largest);

        assertThat(client.post(largest + "x").status()).isEqualTo(413);
        client.awaitClosed();
    }

    @Test
    @DisplayName("Handshake, maxPayload: the answers keep to it too")
    void largestAnswer() throws Exception {
        List<String> sent = new ArrayList<>();
        for (String letter : List.of("a", "b", "c", "d", "e")) {
            String packet = "4" + letter.repeat(3_000);
            sent.add(packet);
            client.post(packet);
        }
        List<String> received = new ArrayList<>();
        while (received.size() < sent.size()) {
            String body = client.poll().body();
            assertThat(body.length()).isLessThanOrEqualTo(MAX_PAYLOAD);
            received.addAll(List.of(body.split("\u001e", -1)));
        }

        assertThat(received).isEqualTo(sent);
    }

    @Test
    @DisplayName("Receiving data: a poll whose connection ends before its answer ends the session")
    void abortedPoll() throws Exception {
        try (RawClient poll = new RawClient(GATEWAY.port())) {
            poll.send("GET /engine.io/?" + client.query() + " HTTP/1.1\r\nHost: door\r\n\r\n");
        }
        client.awaitClosed();
    }
}
