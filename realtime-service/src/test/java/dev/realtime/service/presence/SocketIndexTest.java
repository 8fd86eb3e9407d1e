package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.SocketPresence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketIndexTest {

    private static final SocketPresence BEFORE = socket("a", 1);
    private static final SocketPresence NOW = socket("b", 2);

    private final List<String> counted = new ArrayList<>();
    private final SocketIndex index =
            new SocketIndex((socket, by) -> counted.add(socket.instance() + (by > 0 ? "+" : "") + by));

    private static SocketPresence socket(String instance, int second) {
        return new SocketPresence(
                17,
                null,
                null,
                null,
                "s",
                List.of(),
                instance,
                "websocket",
                "::1",
                4,
                null,
                Instant.EPOCH.plusSeconds(second),
                null);
    }

    @Test
    void aSocketIsFoundByItsIdAndCountsOnce() {
        index.add(BEFORE);
        assertThat(index.find("s")).isSameAs(BEFORE);
        assertThat(index.find("t")).isNull();
        assertThat(index.size()).isEqualTo(1);
        assertThat(counted).containsExactly("a+1");
    }

    @Test
    void oneThatConnectedLaterCountsInPlaceOfTheOneBefore() {
        index.add(BEFORE);
        index.add(NOW);
        assertThat(index.find("s")).isSameAs(NOW);
        assertThat(index.all()).containsExactly(NOW);
        assertThat(index.size()).isEqualTo(1);
        assertThat(counted).containsExactly("a+1", "a-1", "b+1");
    }

    @Test
    void oneThatConnectedEarlierChangesNothingWhenItIsHeardOfLater() {
        index.add(NOW);
        index.add(BEFORE);
        assertThat(index.find("s")).isSameAs(NOW);
        assertThat(counted).containsExactly("b+1");
    }

    @Test
    void whenTheEarlierOneGoesNothingChanges() {
        index.add(BEFORE);
        index.add(NOW);
        counted.clear();
        index.remove(BEFORE);
        assertThat(index.all()).containsExactly(NOW);
        assertThat(counted).isEmpty();
    }

    @Test
    void whenTheLaterOneGoesTheEarlierCountsAgain() {
        index.add(BEFORE);
        index.add(NOW);
        counted.clear();
        index.remove(NOW);
        assertThat(index.find("s")).isSameAs(BEFORE);
        assertThat(counted).containsExactly("b-1", "a+1");
    }

    @Test
    void theLastOneThatGoesLeavesNothing() {
        index.add(BEFORE);
        index.remove(BEFORE);
        assertThat(index.find("s")).isNull();
        assertThat(index.all()).isEmpty();
        assertThat(index.size()).isZero();
        assertThat(counted).containsExactly("a+1", "a-1");
    }

    @Test
    void oneThatIsNotThereTakesNothingAway() {
        index.add(BEFORE);
        SocketPresence equal = socket("a", 1);
        index.remove(equal);
        index.remove(NOW);
        assertThat(index.find("s")).isSameAs(BEFORE);
        assertThat(counted).containsExactly("a+1");
    }
}
