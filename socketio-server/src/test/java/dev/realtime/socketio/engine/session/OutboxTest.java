package dev.realtime.socketio.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.testkit.LeakWatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bound of what waits for one client. */
@ExtendWith(LeakWatch.class)
class OutboxTest {

    private static final int MAX_BYTES = 10_000;

    private final Backlogs backlogs = new Backlogs(64_000);
    private final Outbox outbox = new Outbox(MAX_BYTES, backlogs);

    /** A pong that nobody polls for is a byte or two, and much more in memory. */
    @Test
    void countsMoreThanTheBytesOfSmallPackets() {
        int taken = 0;
        EncodedPacket packet = EncodedPacket.text("3");
        while (outbox.hasRoomFor(List.of(packet)) && taken < MAX_BYTES) {
            outbox.add(packet.retain());
            taken++;
        }
        packet.release();
        assertThat(taken).isBetween(1, MAX_BYTES / Outbox.PACKET_OVERHEAD);
        outbox.clear();
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void takesOneMessageOfAnySizeWhenItIsEmpty() {
        EncodedPacket large = EncodedPacket.text("4" + "x".repeat(MAX_BYTES * 2));
        assertThat(outbox.hasRoomFor(List.of(large))).isTrue();
        outbox.add(large);
        assertThat(outbox.hasRoomFor(List.of(large))).isFalse();
        assertThat(outbox.poll()).isSameAs(large);
        assertThat(outbox.bytes()).isZero();
        large.release();
    }

    @Test
    void itsGrowingLongIsNotedOnce() {
        add(60_000);
        assertThat(backlogs.take()).isFalse();
        add(5_000);
        assertThat(backlogs.take()).isTrue();
        add(1_000);
        assertThat(backlogs.take()).isFalse();
        outbox.clear();
        add(64_000);
        assertThat(backlogs.take()).isTrue();
        outbox.clear();
    }

    private void add(int bytes) {
        outbox.add(EncodedPacket.text("x".repeat(bytes)));
    }
}
