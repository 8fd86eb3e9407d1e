package dev.realtime.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.socketio.protocol.SocketPacket.Type;
import dev.realtime.testkit.LeakWatch;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Socket.IO protocol v5, section "Packet encoding". */
@ExtendWith(LeakWatch.class)
class PacketEncoderTest {

    @Test
    void writesTypeNamespaceAckIdAndData() {
        assertThat(texts(PacketEncoder.encode(Type.EVENT, "/", null, List.of("e", 1))))
                .containsExactly("42[\"e\",1]");
        assertThat(texts(PacketEncoder.encode(Type.ACK, "/custom", 456L, List.of())))
                .containsExactly("43/custom,456[]");
        assertThat(texts(PacketEncoder.encode(Type.DISCONNECT, "/", null, null)))
                .containsExactly("41");
    }

    @Test
    void putsBinaryBesideTheText() {
        List<EncodedPacket> packets = PacketEncoder.encode(
                Type.EVENT, "/", 7L, Arrays.asList("e", new byte[] {0, 4}, Map.of("b", new byte[] {9}), null));

        assertThat(texts(packets.subList(0, 1)))
                .containsExactly("452-7[\"e\",{\"_placeholder\":true,\"num\":0},"
                        + "{\"b\":{\"_placeholder\":true,\"num\":1}},null]");
        assertThat(bytes(packets.get(1))).containsExactly(0, 4);
        assertThat(bytes(packets.get(2))).containsExactly(9);
    }

    /** Half a pair has no UTF-8; written as it is, it would reach the client as a question mark. */
    @Test
    void keepsHalvesOfSurrogatePairs() {
        assertThat(texts(PacketEncoder.encode(
                        Type.EVENT, "/", null, List.of("e", "\uD83Dx", "\uDE00\uD83D", "\uD83D\uDE00"))))
                .containsExactly("42[\"e\",\"\\ud83dx\",\"\\ude00\\ud83d\",\"\uD83D\uDE00\"]");
    }

    private static List<String> texts(List<EncodedPacket> packets) {
        return packets.stream()
                .map(packet -> new String(bytes(packet), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(EncodedPacket packet) {
        try {
            return ByteBufUtil.getBytes(packet.payload());
        } finally {
            packet.release();
        }
    }
}
