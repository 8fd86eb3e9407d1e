package dev.realtime.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SocketDeltaTest {

    private static SocketPresence socket(String name, String transport, Long queue, List<Room> rooms) {
        return new SocketPresence(
                17, name, null, null, "s", rooms, "i", transport, "127.0.0.1", 4, null, Instant.EPOCH, queue);
    }

    @Test
    void isTheNetEffect() {
        SocketPresence before = socket("a", "polling", null, List.of(Room.OPERATORS, Room.order("1"), Room.order("2")));
        SocketPresence now =
                socket("a", "websocket", 64_000L, List.of(Room.OPERATORS, Room.order("2"), Room.order("3")));
        SocketDelta delta = SocketDelta.between(before, now).orElseThrow();
        assertThat(delta)
                .isEqualTo(new SocketDelta(List.of(Room.order("3")), List.of(Room.order("1")), "websocket", 64_000L));
        assertThat(delta.appliedTo(before)).isEqualTo(now);
        assertThat(delta.appliedTo(now)).as("applied twice").isEqualTo(now);
        assertThat(SocketDelta.between(now, before).orElseThrow().queue()).isZero();
    }

    @Test
    void leavingAndRejoiningARoomIsNoChange() {
        SocketPresence before = socket("a", "polling", null, List.of(Room.OPERATORS, Room.order("1")));
        SocketPresence now = socket("a", "polling", null, List.of(Room.order("1"), Room.OPERATORS));
        assertThat(SocketDelta.between(before, now).orElseThrow().changesAnything())
                .isFalse();
    }

    @Test
    void anotherIdentityHasNoDelta() {
        assertThat(SocketDelta.between(
                        socket("a", "polling", null, List.of()), socket("b", "polling", null, List.of())))
                .isEmpty();
    }

    @Test
    void leadsFromAnyStateToAnyOther() {
        Random random = new Random(11);
        SocketPresence state = random(random);
        for (int i = 0; i < 2_000; i++) {
            SocketPresence next = random(random);
            SocketPresence reached =
                    SocketDelta.between(state, next).orElseThrow().appliedTo(state);
            assertThat(new HashSet<>(reached.rooms())).isEqualTo(new HashSet<>(next.rooms()));
            assertThat(reached.with(next.rooms(), reached.transport(), reached.queue()))
                    .isEqualTo(next);
            state = reached;
        }
    }

    private static SocketPresence random(Random random) {
        List<Room> rooms = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            if (random.nextBoolean()) {
                rooms.add(Room.order(String.valueOf(n)));
            }
        }
        return socket(
                "a",
                random.nextBoolean() ? "polling" : "websocket",
                random.nextBoolean() ? null : SocketPresence.QUEUE_STEPS.get(random.nextInt(4)),
                rooms);
    }
}
