package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.testkit.LogLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fields and values in turn, as Redis answers them. */
class SocketFieldsTest {

    private final SocketFields fields = new SocketFields(PresenceUnderTest.JSON);
    private final SocketPresence socket = RedisBooks.socket("s", "abcdEFGH", 17, "Анна");
    private final String identity = fields.identity(socket);

    private Map<String, SocketPresence> read(String... fieldsAndValues) {
        return fields.read(List.of(fieldsAndValues));
    }

    @Test
    void referencesAreShortAndNeverTheSame() {
        assertThat(SocketFields.reference(0)).isEqualTo("0");
        assertThat(SocketFields.reference(46)).isEqualTo("1a");
    }

    @Test
    void theIdentityHasNeitherRoomsNorAQueue() {
        SocketPresence busy = socket.with(List.of(Room.OPERATORS), "polling", 64_000L);
        assertThat(fields.identity(busy)).isEqualTo(identity);
    }

    @Test
    void aSocketIsReadFromItsFieldsInWhateverOrderTheyCome() {
        assertThat(read("1a=queue", "64000", "1a:operators", "0", "1a", identity, "1a=transport", "websocket"))
                .isEqualTo(Map.of("1a", socket.with(List.of(Room.OPERATORS), "websocket", 64_000L)));
    }

    @Test
    void roomsAreInTheOrderInWhichTheyWereJoined() {
        assertThat(read("0", identity, "0:order:1", "10", "0:order:2", "9", "0:operators", "2")
                        .get("0")
                        .rooms())
                .containsExactly(Room.OPERATORS, Room.order("2"), Room.order("1"));
    }

    @Test
    void aRoomsNameMayHaveWhatFieldsAreSeparatedBy() {
        Room room = Room.order("1:a=queue");
        assertThat(read("0", identity, SocketFields.room("0", room), "0")
                        .get("0")
                        .rooms())
                .containsExactly(room);
    }

    @Test
    void socketsAreToldApartByTheWholeReference() {
        SocketPresence other = RedisBooks.socket("t", "abcdEFGH", 18, null);
        assertThat(read("1", identity, "1a", fields.identity(other), "1a:operators", "0"))
                .isEqualTo(Map.of("1", socket, "1a", other.with(List.of(Room.OPERATORS), other.transport(), null)));
    }

    @Test
    void whatIsLeftOfASocketWithoutItsIdentityIsNoSocket() {
        assertThat(read("0:operators", "0", "0=transport", "websocket", "0=queue", "64000"))
                .isEmpty();
    }

    @Test
    void aFieldThatALaterVersionMayHaveIsPassedOver() {
        assertThat(read("0", identity, "0=battery", "17")).isEqualTo(Map.of("0", socket));
    }

    @Test
    void whatCannotBeReadIsPassedOverAndTheRestIsRead() {
        try (LogLines log = new LogLines()) {
            assertThat(read(
                            "0",
                            identity,
                            "0:no such room",
                            "0",
                            "0:order:1",
                            "no number",
                            "0=queue",
                            "many",
                            "1",
                            "no JSON"))
                    .isEqualTo(Map.of("0", socket));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("it cannot be read"))
                    .hasSize(4);
        }
    }

    @Test
    void aFieldWithoutItsValueIsPassedOver() {
        List<Object> odd = new ArrayList<>(List.of("0", identity, "1"));
        assertThat(fields.read(odd)).isEqualTo(Map.of("0", socket));
    }
}
