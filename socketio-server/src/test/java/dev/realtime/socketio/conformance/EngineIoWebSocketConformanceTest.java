package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.LogLines;
import dev.realtime.testkit.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Engine.IO protocol v4: a session that is a WebSocket from its start. */
public class EngineIoWebSocketConformanceTest {

    private static final int MAX_PAYLOAD = 10_000;
    private static final String HANDSHAKE = "GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: door\r\n"
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            + "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Version: 13\r\n\r\n";
    private static final int[] MASK = {0x12, 0x34, 0x56, 0x78};

    @RegisterExtension
    static final Gateway GATEWAY = Gateway.engine(wanted -> wanted.maxPayload(MAX_PAYLOAD));

    private final WebSocketClient client = WebSocketClient.connect(GATEWAY, "EIO=4&transport=websocket");
    private final String sid;

    protected EngineIoWebSocketConformanceTest() throws Exception {
        sid = new JsonMapper().readTree(client.text().substring(1)).get("sid").stringValue();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @DisplayName("Packet encoding, WebSocket: a text packet is a frame of its own")
    @ValueSource(strings = {"4hello", "4", "4€ 😀", "4\u001e", "4\u0000", "4bAQIDBA=="})
    void text(String packet) throws Exception {
        client.send(packet);
        assertThat(client.text()).isEqualTo(packet);
    }

    @Test
    @DisplayName("Packet encoding, WebSocket: binary is sent as it is")
    void binary() throws Exception {
        client.send(1, 2, 3, 4);
        client.send();
        client.send('4', 0xFF);
        assertThat(client.binary()).containsExactly(1, 2, 3, 4);
        assertThat(client.binary()).isEmpty();
        assertThat(client.binary()).containsExactly('4', 0xFF);
    }

    @Test
    @DisplayName("WebSocket: packets keep their order, text and binary")
    void order() throws Exception {
        for (int i = 0; i < 100; i++) {
            client.send("4" + i);
            client.send(i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(client.text()).isEqualTo("4" + i);
            assertThat(client.binary()).containsExactly(i);
        }
    }

    @Test
    @DisplayName("WebSocket: a message in several frames is one packet (RFC 6455, section 5.4)")
    void fragments() throws Exception {
        client.sendInPieces("4he", "", "ll", "o");
        assertThat(client.text()).isEqualTo("4hello");
    }

    @ParameterizedTest
    @DisplayName("Packet encoding: what is no packet of a client closes the connection")
    @ValueSource(strings = {"", "abc", "7", " 4hello", "\u001e4hello", "0{}", "2", "2probe", "bAQIDBA=="})
    void invalidPackets(String packet) throws Exception {
        client.send(packet);
        client.assertClosed();
    }

    @Test
    @DisplayName("Upgrade: packets of an upgrade that there is none of change nothing")
    void strayUpgrade() throws Exception {
        client.send("5");
        client.send("6");
        client.send("4hello");
        assertThat(client.text()).isEqualTo("4hello");
    }

    @Test
    @DisplayName("WebSocket: a second connection for a session is closed, the first stays")
    void secondConnection() throws Exception {
        try (WebSocketClient second = WebSocketClient.connect(GATEWAY, "EIO=4&transport=websocket&sid=" + sid)) {
            second.assertClosed();
        }
        client.send("4hello");
        assertThat(client.text()).isEqualTo("4hello");
    }

    @Test
    @DisplayName("Transports: a session is not polled while it is on a WebSocket, and survives who tries")
    void polled() throws Exception {
        String query = "EIO=4&transport=polling&sid=" + sid;
        assertThat(GATEWAY.get(query).body()).contains("\"code\":3,");
        assertThat(GATEWAY.send("POST", query, new byte[] {'4'}).status()).isEqualTo(400);

        client.send("4hello");
        assertThat(client.text()).isEqualTo("4hello");
    }

    @Test
    @DisplayName("Handshake, maxPayload: a message of that size is taken, a larger one closes the connection")
    void largest() throws Exception {
        String largest = "4" + "x".repeat(MAX_PAYLOAD - 1);
        client.send(largest);
        assertThat(client.text()).isEqualTo(largest);

        client.send(largest + "x");
        client.assertClosed();
    }

    @Test
    @DisplayName("Handshake, maxPayload: a message does not become larger by coming in pieces")
    void largestInPieces() throws Exception {
        String half = "x".repeat(MAX_PAYLOAD / 2);
        client.sendInPieces("4" + half, half, half);
        client.assertClosed();
    }

    @Test
    @DisplayName("Packet encoding: a text frame that is not UTF-8 closes the connection (RFC 6455, section 8.1)")
    void notUtf8() throws Exception {
        assertCloses(
                1007, 0x81, 0x83, MASK[0], MASK[1], MASK[2], MASK[3], '4' ^ MASK[0], 0xC3 ^ MASK[1], 0x28 ^ MASK[2]);
    }

    @Test
    @DisplayName("WebSocket: a frame without a mask closes the connection (RFC 6455, section 5.1)")
    void unmasked() throws Exception {
        assertCloses(1002, 0x81, 0x02, '4', 'x');
    }

    @Test
    @DisplayName("WebSocket: a frame with a reserved bit, which nobody agreed on, closes the connection")
    void reservedBit() throws Exception {
        assertCloses(1002, 0xC1, 0x82, MASK[0], MASK[1], MASK[2], MASK[3], '4' ^ MASK[0], 'x' ^ MASK[1]);
    }

    @Test
    @DisplayName("Packet encoding: what is no packet closes the connection with the status of a protocol error")
    void status() throws Exception {
        assertCloses(1002, 0x81, 0x81, MASK[0], MASK[1], MASK[2], MASK[3], '7' ^ MASK[0]);
    }

    /** The server may learn of it before the client has its answer, and tells it all the same. */
    @Test
    @DisplayName("WebSocket: a frame that breaks the rules is one too if it comes together with the handshake")
    void early() throws Exception {
        try (LogLines log = new LogLines()) {
            try (RawClient raw = new RawClient(GATEWAY.port())) {
                raw.send(HANDSHAKE + "\u0081\u0002" + "4x");
                assertThat(raw.read().status()).isEqualTo(101);
                int first = raw.readByte();
                if (first == 0x81) {
                    assertOpen(raw);
                    first = raw.readByte();
                }
                assertCloses(raw, first, 1002);
            }
            assertThat(log.lines()).as("a client's mistake in the log").isEmpty();
        }
    }

    @Test
    @DisplayName("WebSocket: a message that comes together with the handshake is received")
    void earlyMessage() throws Exception {
        try (RawClient raw = new RawClient(GATEWAY.port())) {
            raw.send(HANDSHAKE + "\u0081\u0082\0\0\0\0" + "4x");
            assertOpens(raw);
            assertThat(raw.readByte()).as("a text frame").isEqualTo(0x81);
            assertThat(raw.readBytes(raw.readByte())).containsExactly('4', 'x');
        }
    }

    /** Sends bytes where a frame is due, and reads the close frame and the end. */
    private static void assertCloses(int status, int... frame) throws Exception {
        try (RawClient raw = new RawClient(GATEWAY.port())) {
            raw.send(HANDSHAKE);
            assertOpens(raw);
            raw.send(WebSocketClient.bytes(frame), frame.length);
            assertCloses(raw, status);
        }
    }

    /** Reads the answer to the handshake and the OPEN packet. */
    private static void assertOpens(RawClient raw) throws Exception {
        assertThat(raw.read().status()).isEqualTo(101);
        assertThat(raw.readByte()).as("a text frame").isEqualTo(0x81);
        assertOpen(raw);
    }

    /** Reads the rest of the frame of an OPEN packet. */
    private static void assertOpen(RawClient raw) throws Exception {
        int length = raw.readByte();
        assertThat(raw.readBytes(length == 126 ? (raw.readByte() << 8) + raw.readByte() : length))
                .startsWith('0', '{');
    }

    /** Reads the close frame and the end. */
    private static void assertCloses(RawClient raw, int status) throws Exception {
        assertCloses(raw, raw.readByte(), status);
    }

    private static void assertCloses(RawClient raw, int first, int status) throws Exception {
        assertThat(first).as("a close frame").isEqualTo(0x88);
        byte[] why = raw.readBytes(raw.readByte());
        assertThat((why[0] & 0xFF) << 8 | why[1] & 0xFF).isEqualTo(status);
        assertThat(raw.closedByServer()).isTrue();
    }
}
