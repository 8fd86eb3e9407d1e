package dev.realtime.frontdoor;

import dev.realtime.frontdoor.routing.RequestTargetFuzz;
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
        return List.of(new RequestTargetFuzz(), new FrontDoorFuzz());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void holds(Target target) {
        Fuzzer.fuzz(target);
    }
}
