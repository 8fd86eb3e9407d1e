package dev.realtime.service.payload;

import static dev.realtime.testkit.fuzz.CostBound.names;

import dev.realtime.testkit.fuzz.CostBound;
import dev.realtime.testkit.fuzz.CostTest;
import dev.realtime.testkit.fuzz.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** No broadcast costs more time than its length accounts for. */
class PayloadCostTest extends CostTest {

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
