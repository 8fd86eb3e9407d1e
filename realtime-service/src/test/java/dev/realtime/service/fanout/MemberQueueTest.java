package dev.realtime.service.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.identity.Identity;
import dev.realtime.service.rest.Listener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberQueueTest {

    private final List<Member> changes = new ArrayList<>();
    private final RoomIndex index = new RoomIndex(changes::add);
    private final Listener socket =
            new Listener(index, new Identity(17, null, null, null, List.of(), null), "websocket");

    private long look(long bytes) {
        socket.queue(bytes);
        Member member = changes.getFirst();
        member.lookAtQueue();
        return member.queueStep();
    }

    @Test
    void onlyAnotherStepIsAChange() {
        int before = changes.size();
        assertThat(look(0)).isZero();
        assertThat(look(63_999)).isZero();
        assertThat(changes).hasSize(before);
        assertThat(look(64_000)).isEqualTo(64_000);
        assertThat(look(255_999)).isEqualTo(64_000);
        assertThat(changes).hasSize(before + 1);
        assertThat(look(256_000)).isEqualTo(256_000);
        assertThat(look(1_999_999)).isEqualTo(1_000_000);
        assertThat(look(4_000_000)).isEqualTo(2_000_000);
        assertThat(changes).hasSize(before + 4);
        assertThat(look(10)).isZero();
        assertThat(changes).hasSize(before + 5);
    }

    @Test
    void whoHasLeftIsNotToldOf() {
        socket.close();
        int before = changes.size();
        assertThat(look(4_000_000)).isZero();
        assertThat(changes).hasSize(before);
    }
}
