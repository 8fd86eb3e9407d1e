package dev.realtime.service.fuzz;

import dev.realtime.service.LeakWatch;
import dev.realtime.service.gateway.engineio.EngineRequestFuzz;
import dev.realtime.service.gateway.engineio.PostBodyFuzz;
import dev.realtime.service.gateway.engineio.Revision;
import dev.realtime.service.gateway.engineio.WebSocketFuzz;
import dev.realtime.service.gateway.engineio.WireFormatFuzz;
import dev.realtime.service.gateway.frontdoor.FrontDoorFuzz;
import dev.realtime.service.gateway.frontdoor.RequestTargetFuzz;
import dev.realtime.service.gateway.socketio.PacketDecoderFuzz;
import dev.realtime.service.payload.PayloadScannerFuzz;
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
                new PacketDecoderFuzz(3, 1_000),
                new RequestTargetFuzz(),
                new PayloadScannerFuzz(),
                new FrontDoorFuzz(),
                new WebSocketFuzz());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void holds(Target target) {
        Fuzzer.fuzz(target, targets().size());
    }
}
