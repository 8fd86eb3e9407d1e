package dev.realtime.service.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.position.Epoch;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

class ReplayPacketsTest {

    /** One that is never read, and so has its first text for ever. */
    private final Epoch epoch = new Epoch(new StringRedisTemplate(), _ -> {});

    private final ReplayPackets packets = new ReplayPackets(epoch, 100_000);

    private static PositionedEvent event(long millis, int bytes) {
        byte[] payload = ("{\"t\":\"" + "x".repeat(bytes) + "\"}").getBytes(UTF_8);
        return new PositionedEvent(new StreamId(millis, 1), "order:new", payload, List.of(Room.OPERATORS));
    }

    @Test
    void thoseWhoReplayTheSameEventGetTheSameBytesTheFanOutWrote() {
        EncodedPacket first = packets.of(event(7, 10));
        EncodedPacket second = packets.of(event(7, 10));
        assertThat(second).isSameAs(first);
        assertThat(first.payload().toString(UTF_8))
                .isEqualTo("42[\"order:new\",{\"t\":\"xxxxxxxxxx\"},\"" + epoch.text() + "-7-1\"]");
        assertThat(first.shared().refCnt()).isEqualTo(3);
        first.release();
        second.release();
        packets.stop();
        assertThat(first.shared().refCnt()).isZero();
    }

    @Test
    void isBoundedAndGivesEverythingBack() {
        List<EncodedPacket> held = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            held.add(packets.of(event(n, 10_000)));
            assertThat(packets.bytes()).isLessThanOrEqualTo(100_000);
        }
        assertThat(packets.bytes()).isGreaterThan(80_000);
        EncodedPacket tooLarge = packets.of(event(1_000, 200_000));
        assertThat(packets.bytes()).isZero();
        assertThat(tooLarge.shared().refCnt()).isOne();
        tooLarge.release();
        held.forEach(EncodedPacket::release);
        assertThat(held).allMatch(packet -> packet.shared().refCnt() == 0);
        packets.stop();
        // Whoever comes while it ends still gets a frame.
        EncodedPacket late = packets.of(event(7, 10));
        assertThat(late.shared().refCnt()).isOne();
        late.release();
    }

    @Test
    void whatNobodyAsksForAnyMoreIsGivenBackByItself() {
        packets.start();
        EncodedPacket packet = packets.of(event(7, 10));
        packet.release();
        await().atMost(Duration.ofSeconds(30)).until(() -> packet.shared().refCnt() == 0);
        assertThat(packets.bytes()).isZero();
        packets.stop();
    }
}
