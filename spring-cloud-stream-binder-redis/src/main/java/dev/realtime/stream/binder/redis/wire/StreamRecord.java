package dev.realtime.stream.binder.redis.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was read from a stream.
 *
 * @param stream key of the stream
 * @param id the entry's id
 * @param payload the message's payload, byte for byte
 * @param headers the message's headers as JSON, {@code null} if the entry has none
 * @param gone whether the entry was trimmed while pending, so that only its id is left
 */
public record StreamRecord(String stream, String id, byte[] payload, byte @Nullable [] headers, boolean gone) {

    private static final byte[] NOTHING = new byte[0];

    /** Reads an entry's fields; ignores unknown ones. Without fields, the entry is gone. */
    public static StreamRecord of(String stream, String id, @Nullable Map<byte[], byte[]> fields) {
        if (fields == null || fields.isEmpty()) {
            return new StreamRecord(stream, id, NOTHING, null, true);
        }
        byte[] payload = NOTHING;
        byte[] headers = null;
        for (Map.Entry<byte[], byte[]> field : fields.entrySet()) {
            switch (new String(field.getKey(), StandardCharsets.UTF_8)) {
                case RecordCodec.PAYLOAD -> payload = field.getValue();
                case RecordCodec.HEADERS -> headers = field.getValue();
                default -> {
                    // Other fields are not part of a message.
                }
            }
        }
        return new StreamRecord(stream, id, payload, headers, false);
    }

    @Override
    public String toString() {
        return stream + " " + id;
    }
}
