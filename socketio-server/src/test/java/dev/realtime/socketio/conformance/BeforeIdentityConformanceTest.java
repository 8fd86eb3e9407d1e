package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client may do before anybody knows who it is. */
public class BeforeIdentityConformanceTest {

    @RegisterExtension
    static final Gateway GATEWAY = Gateway.sockets();

    private final WebSocketClient client = WebSocketClient.connect(GATEWAY, "EIO=4&transport=websocket");

    protected BeforeIdentityConformanceTest() throws Exception {
        assertThat(client.text()).startsWith("0{");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void refusedConnectsAreAnsweredFiveTimes() throws Exception {
        for (int i = 0; i < 8; i++) {
            client.send("40/closed,");
        }
        for (int i = 0; i < 5; i++) {
            assertThat(client.text()).startsWith("44/closed,");
        }
        client.assertClosed();
    }

    @Test
    void withAnIdentityAClientMayComeAndGo() throws Exception {
        for (int i = 0; i < 8; i++) {
            client.send("40");
            assertThat(client.text()).startsWith("40{");
            assertThat(client.text()).startsWith("42[\"auth\"");
            client.send("41");
        }
    }

    @Test
    void messagesMayNotBeLongerThanATokenNeeds() throws Exception {
        client.send("40/closed,{\"token\":\"" + "x".repeat(40_000) + "\"}");
        client.assertClosed();
    }

    @Test
    void anEventThatNobodyKnowsMayBeLarge() throws Exception {
        client.send("40");
        assertThat(client.text()).startsWith("40{");
        assertThat(client.text()).startsWith("42[\"auth\"");
        client.send("42[\"unknown\",\"" + "x".repeat(900_000) + "\"]");
        client.send("421[\"message-with-ack\",5]");
        assertThat(client.text()).isEqualTo("431[5]");
    }
}
