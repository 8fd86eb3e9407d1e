package dev.realtime.service.gateway.engineio;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 as browsers take it: strictly. */
final class Utf8 {

    private Utf8() {}

    /** @throws EngineException when the bytes are not well-formed UTF-8 */
    static void require(byte[] bytes) throws EngineException {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new EngineException("not UTF-8");
        }
    }

    /**
     * How many UTF-16 units the character has that begins with this byte; 0 for a byte that begins none. JavaScript counts
     * the length of strings in them.
     */
    static int unitsOf(byte lead) {
        int bits = lead & 0xFF;
        if (bits >= 0xF0) {
            return 2;
        }
        return (bits & 0xC0) == 0x80 ? 0 : 1;
    }
}
