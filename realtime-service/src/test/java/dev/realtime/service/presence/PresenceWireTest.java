package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketDelta;
import dev.realtime.contracts.SocketPresence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a batch looks like in the stream: the fewest bytes that say it. */
class PresenceWireTest {

    private static final String BEGINNING = "{\"v\":1,\"i\":\"abcdEFGH\",\"g\":\"1y2p0ij32e8e7\",\"n\":";

    private final JsonMapper json = JsonMapper.builder().build();

    private void isWritten(PresenceBatch batch, String text) {
        assertThat(json.writeValueAsString(batch)).isEqualTo(BEGINNING + text);
        assertThat(json.readValue(BEGINNING + text, PresenceBatch.class)).isEqualTo(batch);
    }

    private static PresenceBatch batch(
            long number, Map<String, SocketPresence> put, Map<String, SocketDelta> changed, List<String> removed) {
        return new PresenceBatch(1, "abcdEFGH", "1y2p0ij32e8e7", number, put, changed, removed, null);
    }

    @Test
    void aJoinALeaveAndAnEnd() {
        isWritten(
                batch(
                        4711,
                        Map.of(),
                        Map.of("1a", new SocketDelta(List.of(Room.order("12345")), List.of(), null, null)),
                        List.of()),
                "4711,\"c\":{\"1a\":{\"j\":[\"order:12345\"]}}}");
        isWritten(
                batch(
                        4712,
                        Map.of(),
                        Map.of("1a", new SocketDelta(List.of(), List.of(Room.city("Саратов")), "websocket", 0L)),
                        List.of("z")),
                "4712,\"c\":{\"1a\":{\"l\":[\"city:Саратов\"],\"t\":\"websocket\",\"q\":0}},\"r\":[\"z\"]}");
        isWritten(PresenceBatch.begin(1, "abcdEFGH", "1y2p0ij32e8e7"), "0}");
        isWritten(PresenceBatch.end(1, "abcdEFGH", "1y2p0ij32e8e7"), "0,\"x\":true}");
    }

    @Test
    void aSocketThatCame() {
        SocketPresence socket = new SocketPresence(
                17,
                null,
                "operator",
                null,
                "s",
                List.of(Room.OPERATORS),
                "abcdEFGH",
                "polling",
                "127.0.0.1",
                4,
                null,
                Instant.parse("2026-11-25T09:30:00Z"),
                null);
        isWritten(
                batch(1, Map.of("0", socket), Map.of(), List.of()),
                "1,\"p\":{\"0\":{\"userId\":17,\"role\":\"operator\",\"socketId\":\"s\",\"rooms\":[\"operators\"],"
                        + "\"instance\":\"abcdEFGH\",\"transport\":\"polling\",\"address\":\"127.0.0.1\",\"protocol\":4,"
                        + "\"connectedAt\":\"2026-11-25T09:30:00Z\"}}}");
    }
}
