package dev.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The lines in README.md stand here too, and do what is said there. */
class ReadmeTest {

    private static final Path SELF = Path.of("src/test/java/dev/realtime/socketio/ReadmeTest.java");

    private String answers = "";

    public class Chat {
        @OnEvent("say")
        public void onSay(SocketIOClient client, JsonNode text, AckRequest ack) {
            client.sendEvent("said", text);
            ack.sendAckData("thanks");
        }
    }

    @Test
    void theLinesRun() throws Exception {
        example();
        assertThat(answers).isEqualTo("42[\"said\",\"hello\"] 437[\"thanks\"]");
    }

    @Test
    void theLinesAreThoseOfTheReadme() throws IOException {
        String[] parts = Files.readString(Path.of("README.md")).split("```");
        String self = words(Files.readString(SELF));
        int examples = 0;
        for (String part : parts) {
            if (part.startsWith("java\n")) {
                assertThat(self).contains(words(part.substring("java\n".length())));
                examples++;
            }
        }
        assertThat(examples).isEqualTo(2);
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", "");
    }

    private void example() throws Exception {
        try (SocketIoServer server =
                SocketIoServer.builder().port(0).namespace("/", new Chat()).start()) {
            talkTo(server.port());
        }
    }

    private void talkTo(int port) throws Exception {
        try (RawSocket client = RawSocket.open(port, "/socket.io/?EIO=4&transport=websocket")) {
            assertThat(client.next()).startsWith("0{");
            client.send("40");
            assertThat(client.next()).startsWith("40{\"sid\":");
            client.send("427[\"say\",\"hello\"]");
            answers = client.next() + " " + client.next();
        }
    }
}
