package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket.IO protocol v5: events, acknowledgements and their bytes, of a client that is in both namespaces. */
public class SocketIoPacketConformanceTest {

    private static final String PLACE = "{\"_placeholder\":true,\"num\":0}";
    private static final String NEXT_PLACE = "{\"_placeholder\":true,\"num\":1}";

    @RegisterExtension
    static final Gateway GATEWAY = Gateway.sockets();

    private final WebSocketClient client = WebSocketClient.open(GATEWAY, 4);

    protected SocketIoPacketConformanceTest() throws Exception {}

    @BeforeEach
    void connect() throws Exception {
        for (String namespace : List.of("", "/custom,")) {
            client.send("40" + namespace);
            assertThat(client.text()).startsWith("40" + namespace);
            assertThat(client.text()).startsWith("42" + namespace);
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("Packet encoding: events and acknowledgements")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "42[\"message\"]|42[\"message-back\"]",
                "42[\"message\",1,\"2\",{\"3\":[true,null]}]|42[\"message-back\",1,\"2\",{\"3\":[true,null]}]",
                "42[\"message\",\"€ 😀 \\u0000\"]|42[\"message-back\",\"€ 😀 \\u0000\"]",
                "42/,[\"message\",1]|42[\"message-back\",1]",
                "42/custom,[\"message\",[[]]]|42/custom,[\"message-back\",[[]]]",
                "42 [ \"message\" , 1 ] |42[\"message-back\",1]",
                "420[\"message-with-ack\"]|430[]",
                "42456[\"message-with-ack\",1,\"2\"]|43456[1,\"2\"]",
                "42/custom,789[\"message-with-ack\",{}]|43/custom,789[{}]",
                "429007199254740991[\"message-with-ack\"]|439007199254740991[]",
                "450-[\"message\",1]|42[\"message-back\",1]",
            })
    void plain(String sent, String expected) throws Exception {
        client.send(sent);
        assertThat(client.text()).isEqualTo(expected);
    }

    @Test
    @DisplayName("Acknowledgement: an event without an id gets none, one with an id gets one")
    void noAckUnasked() throws Exception {
        client.send("42[\"message-with-ack\",1]");
        client.send("421[\"message-with-ack\",2]");
        assertThat(client.text()).isEqualTo("431[2]");
    }

    @Test
    @DisplayName("Packet encoding, binary: attachments wherever they stand, in the order of their numbers")
    void attachments() throws Exception {
        client.send("452-[\"message\",{\"a\":[" + NEXT_PLACE + "]},\"x\"," + PLACE + "]");
        client.send(1, 2);
        client.send(3, 4);

        assertThat(client.text()).isEqualTo("452-[\"message-back\",{\"a\":[" + PLACE + "]},\"x\"," + NEXT_PLACE + "]");
        assertThat(client.binary()).containsExactly(3, 4);
        assertThat(client.binary()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("Packet encoding, binary: with a namespace, and an empty attachment")
    void attachmentsOfANamespace() throws Exception {
        client.send("451-/custom,[\"message\"," + PLACE + "]");
        client.send();

        assertThat(client.text()).isEqualTo("451-/custom,[\"message-back\"," + PLACE + "]");
        assertThat(client.binary()).isEmpty();
    }

    @Test
    @DisplayName("Acknowledgement: BINARY_ACK where the answer bears bytes")
    void binaryAck() throws Exception {
        client.send("451-/custom,15[\"message-with-ack\",\"bar\"," + PLACE + "]");
        client.send(1, 2, 3, 4);

        assertThat(client.text()).isEqualTo("461-/custom,15[\"bar\"," + PLACE + "]");
        assertThat(client.binary()).containsExactly(1, 2, 3, 4);
    }

    @Test
    @DisplayName("Acknowledgement: the client's, plain and with bytes, reaches who asked; only the first counts")
    void theClientsAck() throws Exception {
        client.send("42[\"ask-me\",\"why\"]");
        String first = question("why");
        client.send("42[\"ask-me\",\"how\"]");
        String second = question("how");
        assertThat(second).isNotEqualTo(first);

        client.send("461-" + second + "[" + PLACE + "]");
        client.send(7, 8);
        assertThat(client.text()).isEqualTo("451-[\"answered\"," + PLACE + "]");
        assertThat(client.binary()).containsExactly(7, 8);
        client.send("43" + first + "[\"so\"]");
        client.send("43" + first + "[\"so again\"]");
        client.send("43999[]");
        client.send("42[\"message\",1]");
        assertThat(client.text()).isEqualTo("42[\"answered\",\"so\"]");
        assertThat(client.text()).isEqualTo("42[\"message-back\",1]");
    }

    /** Reads the server's question and gives its id. */
    private String question(String what) throws Exception {
        String asked = client.text();
        assertThat(asked).matches("42\\d+\\[\"question\",\"" + what + "\"]");
        return asked.substring(2, asked.indexOf('['));
    }

    @Test
    @DisplayName("Sending and receiving data: an event that nobody listens to changes nothing")
    void unheardEvents() throws Exception {
        client.send("42[\"unheard\",1]");
        client.send("427[\"unheard\",1]");
        client.send("42[\"message\"]");
        assertThat(client.text()).isEqualTo("42[\"message-back\"]");
    }

    @ParameterizedTest
    @DisplayName("Packet encoding: what is no packet of a client closes the connection")
    @ValueSource(
            strings = {
                "4",
                "4abc",
                "47",
                "4-1",
                "42",
                "42{}",
                "42\"message\"",
                "42[]",
                "42[null]",
                "42[true,1]",
                "42[{\"name\":\"message\"}]",
                "42[[\"message\"]]",
                "42[\"message\"",
                "42[\"message\"][]",
                "42abc[\"message\"]",
                "42-1[\"message\"]",
                "421.5[\"message\"]",
                "42/custom[\"message\"]",
                "42[\"disconnect\"]",
                "43[]",
                "431",
                "431{}",
                "41{}",
                "411",
                "44",
                "44{\"message\":\"no\"}",
                "45[\"message\"]",
                "45-[\"message\"]",
                "451-",
                "451-{\"a\":{\"_placeholder\":true,\"num\":0}}",
                "451-[{\"_placeholder\":true,\"num\":0}]",
                "46-1[]",
                "461-[{\"_placeholder\":true,\"num\":0}]",
                "4511-[\"message\"]",
                "451-[\"message\"]",
                "451-[\"message\",{\"_placeholder\":true,\"num\":1}]",
                "451-[\"message\",{\"_placeholder\":true,\"num\":-1}]"
            })
    void invalidPackets(String packet) throws Exception {
        client.send(packet);
        client.assertSentAway();
    }

    @ParameterizedTest
    @DisplayName("Packet encoding, binary: text where an attachment is due closes the connection")
    @ValueSource(
            strings = {"42[\"message\"]", "451-[\"message\",{\"_placeholder\":true,\"num\":0}]", "41", "40/custom,"})
    void textForAnAttachment(String packet) throws Exception {
        client.send("452-[\"message\"," + PLACE + "," + NEXT_PLACE + "]");
        client.send(1);
        client.send(packet);
        client.assertSentAway();
    }

    @Test
    @DisplayName("Packet encoding, binary: the engine's own packets may stand between attachments")
    void heartbeatBetweenAttachments() throws Exception {
        client.send("452-[\"message\"," + PLACE + "," + NEXT_PLACE + "]");
        client.send(1);
        client.send("3");
        client.send("6");
        client.send(2);
        assertThat(client.text()).startsWith("452-[\"message-back\"");
        assertThat(client.binary()).containsExactly(1);
        assertThat(client.binary()).containsExactly(2);
    }

    @Test
    @DisplayName("Packet encoding, binary: bytes that nobody announced close the connection")
    void oneAttachmentTooMany() throws Exception {
        client.send("451-[\"message\"," + PLACE + "]");
        client.send(1);
        assertThat(client.text()).startsWith("451-[\"message-back\"");
        assertThat(client.binary()).containsExactly(1);
        client.send(2);
        client.assertSentAway();
    }
}
