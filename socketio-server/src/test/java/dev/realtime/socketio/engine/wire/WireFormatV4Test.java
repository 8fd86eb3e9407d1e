package dev.realtime.socketio.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.ProtocolException;
import dev.realtime.testkit.LeakWatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO protocol v4, section "HTTP long-polling", "Packet encoding". */
@ExtendWith(LeakWatch.class)
class WireFormatV4Test {

    private static final WireFormat FORMAT = Revision.V4.format();

    @Test
    void joinsAndTakesApart() throws ProtocolException {
        ByteBuf body = Unpooled.buffer();
        for (EncodedPacket packet : List.of(
                EncodedPacket.text("4привет 😀"),
                EncodedPacket.binary(new byte[] {1, 2, 3, 4}),
                EncodedPacket.text("2"))) {
            FORMAT.append(packet, body);
            packet.release();
        }

        assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo("4привет 😀\u001ebAQIDBA==\u001e2");
        List<ReceivedPacket> packets = FORMAT.packets(ByteBufUtil.getBytes(body), false);
        assertThat(packets).extracting(ReceivedPacket::binary).containsExactly(false, true, false);
        assertThat(packets.get(1).bytes()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void foretellsASize() {
        for (int length = 0; length < 20; length++) {
            EncodedPacket packet = EncodedPacket.binary(new byte[length]);
            ByteBuf body = Unpooled.buffer();
            FORMAT.append(packet, body);
            assertThat(body.readableBytes() + 1).isEqualTo(FORMAT.sizeInBody(packet));
            packet.release();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u001e", "4a\u001e", "4a\u001e\u001e4b", "b%%", "bAQ=A"})
    void refusesWhatIsNoPayload(String body) {
        assertThatThrownBy(() -> FORMAT.packets(body.getBytes(StandardCharsets.UTF_8), false))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> FORMAT.packets(new byte[] {'4', (byte) 0xED, (byte) 0xA0, (byte) 0x80}, false))
                .isInstanceOf(ProtocolException.class);
    }
}
