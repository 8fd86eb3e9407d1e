package dev.realtime.service.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.service.gateway.sockets.SocketState;
import dev.realtime.service.identity.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked to move, and when. */
class DrainPlanTest {

    private static final Duration TIME = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final List<DrainOrder> BY_IDLENESS = List.of(new LongestIdleFirst());

    private static SocketState socket(int number, Duration idle) {
        String user = Integer.toString(number);
        return new SocketState("socket-" + user, new Identity(user, "operator", null, null, List.of(), null), idle);
    }

    private static List<SocketState> sockets(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> socket(number, Duration.ofSeconds(number)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 333, 5_000})
    void theyAreAskedEvenlyEachOnceAndTheFirstAtOnce(int count) {
        DrainPlan plan = new DrainPlan(TIME, BY_IDLENESS);
        List<SocketState> here = sockets(count);
        List<String> asked = new ArrayList<>();
        for (Duration elapsed = Duration.ZERO; elapsed.compareTo(TIME) <= 0; elapsed = elapsed.plus(TICK)) {
            List<String> due = plan.due(elapsed, () -> here);
            asked.addAll(due);
            double share = (double) count * elapsed.toMillis() / TIME.toMillis();
            // Neither too fast nor too slow, at any moment.
            assertThat((double) asked.size()).isBetween(Math.min(count, Math.max(1, share)), share + 1);
        }
        assertThat(asked).hasSize(count).doesNotHaveDuplicates();
        assertThat(asked.getFirst()).isEqualTo("socket-" + (count - 1));
    }

    @Test
    void theLongestIdleGoFirst() {
        DrainPlan plan = new DrainPlan(TIME, BY_IDLENESS);
        List<SocketState> here = new ArrayList<>(sockets(100));
        Collections.shuffle(here, new Random(1));
        List<String> asked = new ArrayList<>();
        for (Duration elapsed = Duration.ZERO; elapsed.compareTo(TIME) <= 0; elapsed = elapsed.plus(TICK)) {
            asked.addAll(plan.due(elapsed, () -> here));
        }
        assertThat(asked)
                .isEqualTo(IntStream.rangeClosed(1, 100)
                        .mapToObj(n -> "socket-" + (100 - n))
                        .toList());
    }

    @Test
    void whoWorksAgainGoesLaterAndWhoComesLateGoesToo() {
        DrainPlan plan = new DrainPlan(Duration.ofSeconds(10), BY_IDLENESS);
        List<SocketState> here = new ArrayList<>(sockets(10));
        List<String> asked = new ArrayList<>(plan.due(Duration.ZERO, () -> here));
        assertThat(asked).containsExactly("socket-9");
        // The next one would have been socket-8, but its client has just sent something.
        here.set(8, socket(8, Duration.ZERO));
        here.add(socket(10, Duration.ZERO));
        for (int seconds = 2; seconds <= 9; seconds++) {
            asked.addAll(plan.due(Duration.ofSeconds(seconds), () -> here));
        }
        assertThat(asked.get(1)).isEqualTo("socket-7");
        assertThat(asked.subList(asked.size() - 2, asked.size())).contains("socket-8");
        assertThat(new HashSet<>(asked)).hasSameSizeAs(asked);
    }

    @Test
    void anEarlierOrderDecidesFirst() {
        DrainOrder onACallLast = socket -> socket.identity().userId().equals("9") ? 1 : 0;
        DrainPlan plan = new DrainPlan(Duration.ofSeconds(10), List.of(onACallLast, new LongestIdleFirst()));
        List<SocketState> here = sockets(10);
        List<String> asked = new ArrayList<>();
        for (int seconds = 0; seconds < 10; seconds++) {
            asked.addAll(plan.due(Duration.ofSeconds(seconds), () -> here));
        }
        assertThat(asked).startsWith("socket-8", "socket-7").endsWith("socket-9");
    }

    @Test
    void nonsenseIsRefusedByName() {
        for (Duration wrong : List.of(Duration.ofSeconds(-1), Duration.ofMinutes(11))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new DrainProperties(wrong))
                    .withMessageContaining("realtime.drain.time");
        }
    }
}
