package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketDelta;
import dev.realtime.contracts.SocketPresence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClusterViewTest {

    private final ClusterView view = new ClusterView();

    private static SocketPresence socket(String id, Object user, String role, String transport, Room... rooms) {
        return new SocketPresence(
                user, null, role, null, id, List.of(rooms), "a", transport, "127.0.0.1", 4, null, Instant.EPOCH, null);
    }

    private static PresenceBatch put(String generation, long number, SocketPresence... sockets) {
        return new PresenceBatch(1, "a", generation, number, byId(sockets), Map.of(), List.of(), null);
    }

    private static PresenceBatch removed(String generation, long number, String... ids) {
        return new PresenceBatch(1, "a", generation, number, Map.of(), Map.of(), List.of(ids), null);
    }

    private static PresenceBatch changed(String generation, long number, String id, SocketDelta delta) {
        return new PresenceBatch(1, "a", generation, number, Map.of(), Map.of(id, delta), List.of(), null);
    }

    /** A reference can be anything; here it is the id. */
    private static Map<String, SocketPresence> byId(SocketPresence... sockets) {
        return Arrays.stream(sockets).collect(Collectors.toMap(SocketPresence::socketId, Function.identity()));
    }

    @Test
    void changesAreTakenInOrderAndOnce() {
        assertThat(view.apply(put("g", 0))).isTrue();
        assertThat(view.apply(put("g", 1, socket("1", 17, "operator", "polling", Room.OPERATORS))))
                .isTrue();
        assertThat(view.apply(put("g", 2, socket("1", 17, "operator", "websocket", Room.OPERATORS, Room.order("5")))))
                .isTrue();
        assertThat(view.apply(put("g", 1, socket("1", 17, "operator", "polling"))))
                .as("one that is known")
                .isTrue();
        assertThat(view.totals("none").byTransport()).isEqualTo(Map.of("websocket", 1));
        assertThat(view.rooms()).isEqualTo(Map.of(Room.OPERATORS, 1, Room.order("5"), 1));
        assertThat(view.apply(removed("g", 3, "1", "unknown"))).isTrue();
        assertThat(view.sockets()).isEmpty();
        assertThat(view.totals("none").byInstance()).isEqualTo(Map.of("a", 0));
        assertThat(view.rooms()).isEmpty();
    }

    @Test
    void whatWasMissedIsNoticed() {
        assertThat(view.apply(put("g", 1, socket("1", 17, null, "websocket"))))
                .as("of an instance that is not known")
                .isFalse();
        view.replace(new Owner("a", "g", 4, byId(socket("1", 17, null, "websocket"))));
        assertThat(view.apply(put("g", 6, socket("2", 18, null, "websocket")))).isFalse();
        assertThat(view.apply(put("h", 5, socket("2", 18, null, "websocket")))).isFalse();
        assertThat(view.apply(put("g", 5, socket("2", 18, null, "websocket")))).isTrue();
        view.replace(new Owner("a", "g", 4, Map.of()));
        assertThat(view.sockets()).as("what was read is older").hasSize(2);
        assertThat(view.isOnline("17")).isTrue();
    }

    @Test
    void anInstanceThatIsGoneTakesItsSocketsWithItButNotThoseOfItsNextLife() {
        view.replace(new Owner("a", "g", 1, byId(socket("1", 17, null, "websocket"))));
        view.apply(put("h", 0));
        view.apply(put("h", 1, socket("2", 17, null, "websocket")));
        view.apply(PresenceBatch.end(1, "a", "g"));
        assertThat(view.sockets()).extracting(SocketPresence::socketId).containsExactly("2");
        view.apply(PresenceBatch.end(1, "a", "h"));
        assertThat(view.instances()).isEmpty();
        assertThat(view.isOnline("17")).isFalse();
    }

    @Test
    void aDeltaChangesWhatItSaysAndNothingElse() {
        view.replace(
                new Owner("a", "g", 4, byId(socket("1", 17, "operator", "polling", Room.OPERATORS, Room.order("5")))));
        SocketDelta delta = new SocketDelta(List.of(Room.order("6")), List.of(Room.OPERATORS), "websocket", 64_000L);
        assertThat(view.apply(changed("g", 5, "1", delta))).isTrue();
        assertThat(view.socket("1"))
                .contains(socket("1", 17, "operator", "websocket", Room.order("5"), Room.order("6"))
                        .with(List.of(Room.order("5"), Room.order("6")), "websocket", 64_000L));
        assertThat(view.rooms()).isEqualTo(Map.of(Room.order("5"), 1, Room.order("6"), 1));
        assertThat(view.totals("none").byTransport()).isEqualTo(Map.of("websocket", 1));
        assertThat(view.apply(changed("g", 6, "2", delta)))
                .as("of a socket that is not known")
                .isFalse();
    }

    @Test
    void aSocketThatCameBackToAnotherInstanceCountsOnceWhateverTheOneBeforeSaysOfIt() {
        SocketPresence before = at("a", 0, Room.order("5"));
        SocketPresence now = at("b", 1, Room.order("6"));
        view.replace(new Owner("a", "g", 1, Map.of("x", before)));
        view.replace(new Owner("b", "h", 1, Map.of("y", now)));
        // Frozen meanwhile, the one before begins anew with all that it thinks it has.
        view.replace(new Owner("a", "i", 1, Map.of("z", before)));
        assertThat(view.socket("1")).contains(now);
        assertThat(view.sockets()).containsExactly(now);
        assertThat(view.totals("none").users()).isEqualTo(1);
        assertThat(view.totals("none").byTransport()).isEqualTo(Map.of("websocket", 1));
        assertThat(view.rooms()).isEqualTo(Map.of(Room.order("6"), 1));
        view.drop("a");
        assertThat(view.sockets()).containsExactly(now);
        assertThat(view.rooms()).isEqualTo(Map.of(Room.order("6"), 1));
        // What is left when the later one is gone first counts again.
        view.replace(new Owner("a", "k", 1, Map.of("z", before)));
        view.drop("b");
        assertThat(view.sockets()).containsExactly(before);
        assertThat(view.rooms()).isEqualTo(Map.of(Room.order("5"), 1));
    }

    private static SocketPresence at(String instance, int second, Room... rooms) {
        Instant connected = Instant.EPOCH.plusSeconds(second);
        return new SocketPresence(
                17, null, null, null, "1", List.of(rooms), instance, "websocket", "::1", 4, null, connected, null);
    }

    /** However many are lost on the way: whoever reads again when something is missing knows the truth, counts included. */
    @Test
    void lostAndRepeatedChangesEndInTheTruth() {
        Random random = new Random(7);
        Map<String, SocketPresence> truth = new HashMap<>();
        view.apply(put("g", 0));
        List<PresenceBatch> told = new ArrayList<>();
        for (int number = 1; number <= 5_000; number++) {
            String id = String.valueOf(random.nextInt(200));
            PresenceBatch batch;
            if (random.nextInt(3) == 0) {
                truth.remove(id);
                batch = removed("g", number, id);
            } else {
                SocketPresence socket = socket(
                        id,
                        random.nextInt(50),
                        random.nextBoolean() ? "operator" : null,
                        random.nextBoolean() ? "polling" : "websocket",
                        Room.order(String.valueOf(random.nextInt(20))));
                truth.put(id, socket);
                batch = put("g", number, socket);
            }
            told.add(batch);
            boolean lost = random.nextInt(10) == 0;
            PresenceBatch heard = random.nextInt(10) == 0 ? told.get(random.nextInt(told.size())) : batch;
            if (!lost && !view.apply(heard)) {
                view.replace(new Owner("a", "g", number, Map.copyOf(truth)));
            }
        }
        if (!view.apply(put("g", 5_001))) {
            view.replace(new Owner("a", "g", 5_001, Map.copyOf(truth)));
        }
        assertThat(view.sockets()).containsExactlyInAnyOrderElementsOf(truth.values());
        assertThat(view.totals("none").byTransport()).isEqualTo(counted(truth, SocketPresence::transport));
        assertThat(view.totals("none").users())
                .isEqualTo(counted(truth, SocketPresence::userKey).size());
        assertThat(view.rooms())
                .isEqualTo(counted(truth, socket -> socket.rooms().getFirst()));
    }

    private static <K> Map<K, Integer> counted(Map<String, SocketPresence> truth, Function<SocketPresence, K> of) {
        return truth.values().stream()
                .collect(Collectors.groupingBy(of, HashMap::new, Collectors.summingInt(socket -> 1)));
    }
}
