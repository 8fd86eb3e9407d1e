package dev.realtime.service.payload;

import static dev.realtime.testkit.fuzz.CostBound.names;
import static dev.realtime.testkit.fuzz.CostBound.repeated;

import dev.realtime.testkit.fuzz.CostBound;
import dev.realtime.testkit.fuzz.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No broadcast costs more time than its length accounts for. */
class PayloadCostTest {

    static Arguments[] shapes() {
        Target body = new PayloadScannerFuzz();
        return new Arguments[] {
            shape(body, "\0{\"call\":{\"id\":1,\"a\":", "[", ""),
            shape(body, "\0{\"call\":{\"id\":1,\"a\":", "{\"a\":", ""),
            shape(body, "\0{\"call\":{\"id\":1,\"a\":\"", "\\u00e9", "\"}}"),
            shape(body, "\0{\"call\":{\"id\":1,\"a\":", "9", "}}"),
            shape(body, "\0{\"call\":{\"id\":\"", "9", "\"}}"),
            shape(body, "\0{\"call\":{\"id\":1}", ",\"id\":1", "}"),
            shape(body, "\0{\"call\":{\"id\":1", ",\"id\":1", "}}"),
            shape(body, "\0{\"call\":{\"id\":1},\"rooms\":[1", ",\"operator:1\"", "]}"),
            shape(body, "\0{\"call\":{\"id\":1}", " ", "}"),
            shape(body, "\0{", "{", ""),
            shape(body, "\5{\"orderId\":1", ",\"token\":\"x\"", "}"),
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

    /** Names that a hash table keeps apart, and names that it does not: all of the same hash code. */
    @Test
    void growsNoFasterWithTheNumberOfNames() throws Exception {
        Target body = new PayloadScannerFuzz();
        for (String zero : new String[] {"Ab", "Aa"}) {
            CostBound.assertBounded(body, names("\0{\"call\":{\"id\":1", zero, "}}"));
            CostBound.assertBounded(body, names("\0{\"call\":{\"id\":1}", zero, "}"));
        }
    }
}
