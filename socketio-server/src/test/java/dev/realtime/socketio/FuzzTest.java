package dev.realtime.socketio;

import dev.realtime.socketio.engine.EngineRequestFuzz;
import dev.realtime.socketio.engine.polling.PostBodyFuzz;
import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.engine.wire.WireFormatFuzz;
import dev.realtime.socketio.protocol.PacketDecoderFuzz;
import dev.realtime.testkit.LeakWatch;
import dev.realtime.testkit.fuzz.Fuzzer;
import dev.realtime.testkit.fuzz.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever anybody sends is taken or refused, at a cost that its length bounds, and no buffer is lost over it. */
@ExtendWith(LeakWatch.class)
class FuzzTest {

    static List<Target> targets() {
        return List.of(
                new WireFormatFuzz(Revision.V4),
                new WireFormatFuzz(Revision.V3),
                new PostBodyFuzz(4_000),
                new EngineRequestFuzz(),
                new PacketDecoderFuzz(3, 1_000));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void holds(Target target) {
        Fuzzer.fuzz(target);
    }
}
