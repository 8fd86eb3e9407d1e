package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Socket.IO protocol v5: the ways into a namespace and out of it. */
public class SocketIoConnectConformanceTest {

    @RegisterExtension
    static final Gateway GATEWAY = Gateway.sockets();

    private final WebSocketClient client = WebSocketClient.connect(GATEWAY, "EIO=4&transport=websocket");
    private final String engineId;

    protected SocketIoConnectConformanceTest() throws Exception {
        engineId = sid(client.text().substring(1));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static String sid(String json) {
        JsonNode data = new JsonMapper().readTree(json);
        return data.get("sid").stringValue();
    }

    /** Reads the answer to a CONNECT: the socket's id and nothing else. */
    private String connected(String beginning) throws Exception {
        String packet = client.text();
        assertThat(packet).startsWith(beginning + "{");
        JsonNode data = new JsonMapper().readTree(packet.substring(beginning.length()));
        assertThat(data.propertyNames()).containsExactly("sid");
        return data.get("sid").stringValue();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("Connection to a namespace: CONNECT is answered with CONNECT and the socket's id; the payload arrives")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "40|40|42|{}",
                "40{}|40|42|{}",
                "40{\"token\":\"123\",\"n\":[1.50,null,\"€\"]}|40|42|{\"token\":\"123\",\"n\":[1.50,null,\"€\"]}",
                "40/,|40|42|{}",
                "40/custom,|40/custom,|42/custom,|{}",
                "40/custom|40/custom,|42/custom,|{}",
                "40/custom,{\"token\":\"123\"}|40/custom,|42/custom,|{\"token\":\"123\"}",
                "40/custom?token=a&b=%2C,|40/custom,|42/custom,|{}",
                "40/custom?a=/b?c,{\"d\":1}|40/custom,|42/custom,|{\"d\":1}",
            })
    void connect(String connect, String answer, String event, String auth) throws Exception {
        client.send(connect);

        assertThat(connected(answer)).isNotBlank().isNotEqualTo(engineId);
        assertThat(client.text()).isEqualTo(event + "[\"auth\"," + auth + "]");
    }

    @Test
    @DisplayName("Connection to a namespace: several at a time, each with an id and traffic of its own")
    void severalNamespaces() throws Exception {
        client.send("40");
        String main = connected("40");
        client.text();
        client.send("40/custom,");
        assertThat(connected("40/custom,")).isNotEqualTo(main);
        client.text();

        client.send("42/custom,[\"message\",1]");
        client.send("42[\"message\",2]");
        assertThat(client.text()).isEqualTo("42/custom,[\"message-back\",1]");
        assertThat(client.text()).isEqualTo("42[\"message-back\",2]");
    }

    @Test
    @DisplayName("Connection to a namespace: CONNECT_ERROR for one that there is not; the connection stays")
    void unknownNamespace() throws Exception {
        client.send("40/random,{\"token\":\"123\"}");
        assertThat(client.text()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");

        client.send("40");
        connected("40");
    }

    @Test
    @DisplayName("Connection to a namespace: CONNECT_ERROR with its message, and data, for who may not come in")
    void refused() throws Exception {
        client.send("40/closed,");
        assertThat(new JsonMapper().readTree(client.text().substring("44/closed,".length())))
                .isEqualTo(new JsonMapper().readTree("{\"message\":\"Not authorized\",\"data\":{\"code\":7}}"));

        client.send("40/closed,");
        assertThat(client.text()).as("who tries again").startsWith("44/closed,{");
    }

    @Test
    @DisplayName("Connection to a namespace: not twice")
    void twice() throws Exception {
        client.send("40");
        connected("40");
        client.text();
        client.send("40");
        client.assertSentAway();
    }

    @ParameterizedTest
    @DisplayName("Connection to a namespace: whatever comes before a CONNECT closes the connection")
    @ValueSource(
            strings = {"42[\"message\",1]", "42/custom,[\"message\"]", "420[\"message\"]", "430[]", "41", "41/custom,"})
    void beforeConnect(String packet) throws Exception {
        client.send(packet);
        client.assertClosed();
    }

    @Test
    @DisplayName("Connection to a namespace: a binary event before a CONNECT closes the connection too")
    void binaryBeforeConnect() throws Exception {
        client.send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
        client.send(1);
        client.assertClosed();
    }

    @ParameterizedTest
    @DisplayName("Connection to a namespace: the payload is an object, and there is no acknowledgement")
    @ValueSource(strings = {"40[]", "40\"123\"", "40null", "40{", "40{}x", "401", "401{}", "40custom"})
    void invalidConnect(String packet) throws Exception {
        client.send(packet);
        client.assertClosed();
    }

    @Test
    @DisplayName("Disconnection from a namespace: no answer, the connection stays, and one may come back")
    void disconnect() throws Exception {
        client.send("40");
        String first = connected("40");
        client.text();
        client.send("40/custom,");
        connected("40/custom,");
        client.text();

        client.send("41");
        client.send("42/custom,[\"message\",1]");
        assertThat(client.text()).isEqualTo("42/custom,[\"message-back\",1]");
        client.send("40");
        assertThat(connected("40")).isNotEqualTo(first);
        client.text();
        client.send("41/custom,");
        client.send("42[\"message\",2]");
        assertThat(client.text()).isEqualTo("42[\"message-back\",2]");
    }

    @Test
    @DisplayName("Disconnection from a namespace: an event that crossed the server's DISCONNECT is no mistake")
    void disconnectedByTheServer() throws Exception {
        client.send("40/custom,");
        connected("40/custom,");
        client.text();
        client.send("42/custom,[\"disconnect-me\"]");
        assertThat(client.text()).isEqualTo("41/custom,");
        client.send("42/custom,[\"message\",1]");
        client.send("41/custom,");
        client.send("40/custom,");

        connected("40/custom,");
    }
}
