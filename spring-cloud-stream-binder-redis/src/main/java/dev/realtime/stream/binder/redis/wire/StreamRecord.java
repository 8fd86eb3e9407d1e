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
 * @param onlyGroup the only group that the entry is for, {@code null} if it is for everybody
 * @param gone whether the entry was trimmed while pending, so that only its id is left
 */
public record StreamRecord(
        String stream,
        String id,
        byte[] payload,
        byte @Nullable [] headers,
        @Nullable String onlyGroup,
        boolean gone) {

    private static final byte[] NOTHING = new byte[0];

    /** An entry that is for everybody. */
    public StreamRecord(String stream, String id, byte[] payload, byte @Nullable [] headers, boolean gone) {
        this(stream, id, payload, headers, null, gone);
    }

    /** Reads an entry's fields; ignores unknown ones. Without fields, the entry is gone. */
    public static StreamRecord of(String stream, String id, @Nullable Map<byte[], byte[]> fields) {
        if (fields == null || fields.isEmpty()) {
            return new StreamRecord(stream, id, NOTHING, null, true);
        }
        byte[] payload = NOTHING;
        byte[] headers = null;
        String onlyGroup = null;
        for (Map.Entry<byte[], byte[]> field : fields.entrySet()) {
            switch (new String(field.getKey(), StandardCharsets.UTF_8)) {
                case RecordCodec.PAYLOAD -> payload = field.getValue();
                case RecordCodec.HEADERS -> headers = field.getValue();
                case RecordCodec.ONLY_GROUP -> onlyGroup = new String(field.getValue(), StandardCharsets.UTF_8);
                default -> {
                    // Other fields are not part of a message.
                }
            }
        }
        return new StreamRecord(stream, id, payload, headers, onlyGroup, false);
    }

    /** Whether a group is to receive the entry, or an anonymous consumer if {@code null}. */
    public boolean isFor(@Nullable String group) {
        return onlyGroup == null || onlyGroup.equals(group);
    }

    /** The entry with its payload only. */
    public StreamRecord withoutHeaders() {
        return new StreamRecord(stream, id, payload, null, false);
    }

    @Override
    public String toString() {
        return stream + " " + id;
    }
}
