package dev.realtime.frontdoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.frontdoor.address.ClientKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    /** Entries are their client's letter and a number. */
    private final FairQueue<String> queue = new FairQueue<>(8, entry -> new ClientKey(entry.charAt(0), false));

    private List<String> served() {
        List<String> all = new ArrayList<>();
        while (!queue.isEmpty()) {
            all.add(queue.poll(_ -> true));
        }
        return all;
    }

    @Test
    void clientsAreServedByTurns() {
        for (String entry : List.of("a1", "a2", "b1", "c1", "c2")) {
            assertThat(queue.add(entry)).isNull();
        }
        assertThat(served()).containsExactly("a1", "b1", "c1", "a2", "c2");
    }

    @Test
    void oneClientHasAQuarterOfThePlaces() {
        queue.add("a1");
        queue.add("a2");
        assertThat(queue.add("a3")).isEqualTo("a3");
        assertThat(queue.add("b1")).isNull();
        assertThat(served()).containsExactly("a1", "b1", "a2");
    }

    @Test
    void aFullQueueMakesRoomForAClientWithFewer() {
        for (String entry : List.of("a1", "a2", "b1", "b2", "c1", "c2", "d1", "d2")) {
            assertThat(queue.add(entry)).isNull();
        }
        String dropped = queue.add("e1");
        assertThat(dropped).endsWith("2");
        assertThat(queue.add("e2")).isEqualTo("e2");
        assertThat(served()).hasSize(8).contains("e1").doesNotContain(dropped);
    }

    @Test
    void aClientThatMayNotBeServedKeepsItsTurn() {
        queue.add("a1");
        queue.add("b1");
        assertThat(queue.poll(client -> client.network() == 'b')).isEqualTo("b1");
        assertThat(queue.poll(client -> client.network() == 'b')).isNull();
        queue.remove("a1");
        assertThat(queue.isEmpty()).isTrue();
    }
}
