package dev.realtime.frontdoor.routing;

import static dev.realtime.testkit.fuzz.CostBound.repeated;

import dev.realtime.testkit.fuzz.CostBound;
import dev.realtime.testkit.fuzz.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No request target costs more time than its length accounts for. */
class RequestTargetCostTest {

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

    private static Arguments shape(Target target, String opening, String repeated, String closing) {
        return Arguments.of(target.name(), opening, repeated, closing, target);
    }

    @ParameterizedTest(name = "{0}: {1}{2}{2}…{3}")
    @MethodSource("shapes")
    void growsNoFasterThanItsInput(String name, String opening, String repeated, String closing, Target target)
            throws Exception {
        CostBound.assertBounded(target, repeated(opening, repeated, closing));
    }
}
