package dev.realtime.socketio;

import static dev.realtime.testkit.fuzz.CostBound.names;

import dev.realtime.socketio.engine.EngineRequestFuzz;
import dev.realtime.socketio.engine.polling.PostBodyFuzz;
import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.engine.wire.WireFormatFuzz;
import dev.realtime.socketio.protocol.PacketDecoderFuzz;
import dev.realtime.testkit.fuzz.CostBound;
import dev.realtime.testkit.fuzz.CostTest;
import dev.realtime.testkit.fuzz.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** No packet, body or request costs more time than its length accounts for. */
class CodecCostTest extends CostTest {

    static Arguments[] shapes() {
        Target v4 = new WireFormatFuzz(Revision.V4);
        Target v3 = new WireFormatFuzz(Revision.V3);
        Target post = new PostBodyFuzz(1_000_000);
        Target packets = new PacketDecoderFuzz(10, 1_000_000);
        Target query = new EngineRequestFuzz();
        return new Arguments[] {
            // The first character says where the rest stands: 2 is a text body, 3 a binary one.
            shape(v4, "\2", "9", ""),
            shape(v4, "\2" + "4", "\u001e4", ""),
            shape(v4, "\2", "\u001e", ""),
            shape(v4, "\2b", "AAAA", ""),
            shape(v4, "\2b", "=", ""),
            shape(v3, "\2", "9", ""),
            shape(v3, "\2", "1:4", ""),
            shape(v3, "\2", "0:", ""),
            shape(v3, "\3", "\0\1\u00ff4", ""),
            shape(v3, "\3", "\1\2\u00ff\4a", ""),
            shape(v3, "\0b4", "AAAA", ""),
            // In pieces of 32 bytes and of 64, revision 4 and revision 3.
            shape(post, "\24" + "4", "\u001e4", ""),
            shape(post, "\30" + "6", "\u001e6", ""),
            shape(post, "\25", "1:2", ""),
            shape(post, "\31", "1:4", ""),
            shape(packets, "2", "9", ""),
            shape(packets, "2", "[", ""),
            shape(packets, "2[\"e\",{\"a\":", "{\"a\":", ""),
            shape(packets, "2[\"e\",\"", "\\u00e9", "\"]"),
            shape(packets, "2[\"e\",\"", "\\", ""),
            shape(packets, "2[\"e\",\"", "\u00d0\u00b0", "\"]"),
            shape(packets, "2[\"e\"", ",0", "]"),
            shape(packets, "2[\"e\"", ",{}", "]"),
            shape(packets, "2[\"e\",", "9", "]"),
            shape(packets, "2[\"e\",0.", "9", "]"),
            shape(packets, "2[\"e\",", " ", "]"),
            shape(packets, "", "5-", ""),
            shape(packets, "", "45-", ""),
            shape(packets, "5", "9", "-[\"e\"]"),
            shape(packets, "2/", "a", ",[\"e\"]"),
            shape(packets, "51-[\"e\"", ",{\"_placeholder\":true,\"num\":0}", "]"),
            shape(packets, "50-[\"e\"", ",{\"_placeholder\":1,\"num\":0}", "]\u001ea"),
            shape(query, "\0/?", "a&", ""),
            shape(query, "\0/?EIO=4&transport=polling&sid=", "%41", ""),
            shape(query, "\0/?", "=", ""),
        };
    }

    /** Names that a hash table keeps apart, and names that it does not: all of the same hash code. */
    @Test
    void growsNoFasterWithTheNumberOfNames() throws Exception {
        Target packets = new PacketDecoderFuzz(10, 1_000_000);
        for (String zero : new String[] {"Ab", "Aa"}) {
            CostBound.assertBounded(packets, names("2[\"e\",{\"\":0", zero, "}]"));
        }
    }
}
