package dev.realtime.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    /** Pieces of every size, from one byte to everything at once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 129, 70_000, 200_000})
    void findsFramesInPiecesOfAnySize(int piece) {
        List<String> sent = List.of("2", "a".repeat(125), "b".repeat(126), "c".repeat(65_536), "", "d");
        ByteBuf wire = Unpooled.buffer();
        for (String text : sent) {
            wire.writeByte(0x81);
            if (text.length() < 126) {
                wire.writeByte(text.length());
            } else if (text.length() <= 0xFFFF) {
                wire.writeByte(126).writeShort(text.length());
            } else {
                wire.writeByte(127).writeLong(text.length());
            }
            wire.writeCharSequence(text, StandardCharsets.US_ASCII);
        }

        List<String> got = new ArrayList<>();
        FrameReader reader = new FrameReader();
        while (wire.isReadable()) {
            reader.read(wire.readSlice(Math.min(piece, wire.readableBytes())), (opcode, buffer, index, length) -> {
                assertThat(opcode).isEqualTo(1);
                got.add(buffer.toString(index, length, StandardCharsets.US_ASCII));
            });
        }
        assertThat(got).isEqualTo(sent);
    }
}
