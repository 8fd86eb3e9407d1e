package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.presence.UserRegister.Arrival;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnUsersTest {

    private final OwnUsers users = new OwnUsers(PresenceUnderTest.JSON);

    private static SocketPresence socket(String id, Object user, @Nullable String name, Room... rooms) {
        return RedisBooks.socket(id, "abcdEFGH", user, name, rooms);
    }

    private void enter(SocketPresence... sockets) {
        for (SocketPresence socket : sockets) {
            users.put(socket);
        }
        users.entered(users.arrivals());
    }

    /** The sockets and whoever has none left are gone. */
    private void leave(String... socketIds) {
        List<String> departures = users.departures(Set.of(socketIds));
        users.leaving(departures);
        users.left(departures);
        for (String socketId : socketIds) {
            users.remove(socketId);
        }
    }

    @Test
    void aUsersFirstSocketIsAnArrival() {
        users.put(socket("s", 17, "Анна"));
        assertThat(users.arrivals())
                .containsExactly(new Arrival("17", "{\"userId\":17,\"name\":\"Анна\",\"role\":\"operator\"}", false));
    }

    @Test
    void anArrivalStaysOneUntilTheUserIsEntered() {
        users.put(socket("s", 17, null));
        List<Arrival> arrivals = users.arrivals();
        assertThat(users.arrivals()).isEqualTo(arrivals);
        users.entered(arrivals);
        assertThat(users.arrivals()).isEmpty();
        assertThat(users.users()).containsExactly("17");
    }

    @Test
    void theSecondSocketAndOtherRoomsMakeNoArrival() {
        enter(socket("s", 17, null));
        users.put(socket("t", 17, null));
        users.put(socket("s", 17, null, Room.OPERATORS));
        assertThat(users.arrivals()).isEmpty();
    }

    @Test
    void anotherNameIsAnArrival() {
        enter(socket("s", 17, "Анна"));
        users.put(socket("s", 17, "Анна Иванова"));
        assertThat(users.arrivals())
                .extracting(Arrival::who)
                .singleElement()
                .asString()
                .contains("Анна Иванова");
    }

    @Test
    void amongSeveralSocketsTheOneWithTheFirstIdSaysWhoTheUserIs() {
        enter(socket("b", 17, "Анна"));
        users.put(socket("c", 17, "Anna"));
        assertThat(users.arrivals()).isEmpty();
        users.put(socket("a", 17, "Анна Иванова"));
        assertThat(users.arrivals())
                .extracting(Arrival::who)
                .singleElement()
                .asString()
                .contains("Анна Иванова");
    }

    @Test
    void aUserDepartsWithTheLastSocket() {
        enter(socket("s", 17, null), socket("t", 17, null), socket("u", 18, null));
        assertThat(users.departures(Set.of("s", "u"))).containsExactly("18");
        leave("s", "u");
        assertThat(users.departures(Set.of("t"))).containsExactly("17");
        leave("t");
        assertThat(users.users()).isEmpty();
    }

    @Test
    void aSocketThatIsNotKnownIsNobodysDeparture() {
        assertThat(users.departures(Set.of("s"))).isEmpty();
    }

    @Test
    void aUserOfWhomItIsNotKnownWhetherTheyLeftEntersAgainWithTheNextSocket() {
        enter(socket("s", 17, null));
        users.leaving(users.departures(Set.of("s")));
        users.put(socket("s", 17, null));
        assertThat(users.arrivals()).extracting(Arrival::userKey).containsExactly("17");
    }

    @Test
    void aUserOfWhomItIsNotKnownWhetherTheyLeftLeavesAgain() {
        enter(socket("s", 17, null));
        users.leaving(users.departures(Set.of("s")));
        assertThat(users.departures(Set.of("s"))).containsExactly("17");
    }

    @Test
    void aUserWhoLeftAndCameBackBeforeTheSocketWasDeletedIsAnArrival() {
        enter(socket("s", 17, null));
        List<String> departures = users.departures(Set.of("s"));
        users.leaving(departures);
        users.left(departures);
        users.put(socket("s", 17, null));
        assertThat(users.arrivals()).extracting(Arrival::userKey).containsExactly("17");
    }

    @Test
    void whoeverIsHereAfterRedisLostItsDataWasToldBefore() {
        enter(socket("s", 17, null), socket("t", 18, null));
        users.reset(true);
        assertThat(users.users()).isEmpty();
        users.put(socket("s", 17, null));
        users.put(socket("u", 19, null));
        assertThat(users.arrivals())
                .extracting(Arrival::userKey, Arrival::toldBefore)
                .containsExactlyInAnyOrder(tuple("17", true), tuple("19", false));
        users.entered(users.arrivals());
        assertThat(users.vanished()).extracting(Arrival::userKey).containsExactly("18");
    }

    @Test
    void afterAnotherInstanceTookTheEntriesNobodyHasVanished() {
        enter(socket("s", 17, null));
        users.reset(false);
        assertThat(users.vanished()).isEmpty();
        users.put(socket("s", 17, null));
        assertThat(users.arrivals()).extracting(Arrival::toldBefore).containsExactly(false);
    }
}
