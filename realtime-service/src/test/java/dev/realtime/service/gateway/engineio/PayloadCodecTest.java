package dev.realtime.service.gateway.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.service.LeakWatch;
import dev.realtime.service.fanout.EncodedPacket;
import dev.realtime.service.gateway.engineio.PayloadCodec.Received;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO protocol v4, section "HTTP long-polling", "Packet encoding". */
@ExtendWith(LeakWatch.class)
class PayloadCodecTest {

    @Test
    void joinsAndTakesApart() throws EngineException {
        ByteBuf body = Unpooled.buffer();
        for (EncodedPacket packet : List.of(
                EncodedPacket.text("4привет 😀"),
                EncodedPacket.binary(new byte[] {1, 2, 3, 4}),
                EncodedPacket.text("2"))) {
            PayloadCodec.encode(packet, body);
            packet.release();
        }

        assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo("4привет 😀\u001ebAQIDBA==\u001e2");
        List<Received> packets =
                PayloadCodec.decode(body.toString(StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        assertThat(packets).extracting(Received::binary).containsExactly(false, true, false);
        assertThat(packets.get(1).bytes()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void foretellsASize() {
        for (int length = 0; length < 20; length++) {
            EncodedPacket packet = EncodedPacket.binary(new byte[length]);
            ByteBuf body = Unpooled.buffer();
            PayloadCodec.encode(packet, body);
            assertThat(body.readableBytes()).isEqualTo(PayloadCodec.encodedSize(packet));
            packet.release();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u001e", "4a\u001e", "4a\u001e\u001e4b", "b%%", "bAQ=A"})
    void refusesWhatIsNoPayload(String body) {
        assertThatThrownBy(() -> PayloadCodec.decode(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> PayloadCodec.decode(new byte[] {'4', (byte) 0xED, (byte) 0xA0, (byte) 0x80}))
                .isInstanceOf(EngineException.class);
    }
}
