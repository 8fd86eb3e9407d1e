package dev.realtime.frontdoor.routing;

import dev.realtime.testkit.fuzz.CostTest;
import dev.realtime.testkit.fuzz.Target;
import org.junit.jupiter.params.provider.Arguments;

/** No request target costs more time than its length accounts for. */
class RequestTargetCostTest extends CostTest {

    static Arguments[] shapes() {
        Target uri = new RequestTargetFuzz();
        return new Arguments[] {
            shape(uri, "\0", "/a", ""),
            shape(uri, "\0", "/", ""),
            shape(uri, "\0/", "%41", ""),
            shape(uri, "\0/", ".", ""),
            shape(uri, "\0http://", "a", "/"),
        };
    }
}
