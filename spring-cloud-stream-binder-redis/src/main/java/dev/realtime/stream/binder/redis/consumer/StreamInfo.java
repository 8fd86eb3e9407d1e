package dev.realtime.stream.binder.redis.consumer;

import static dev.realtime.stream.binder.redis.wire.StreamReplies.text;

import dev.realtime.stream.binder.redis.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream is like at a moment.
 *
 * @param length number of entries
 * @param lastId id of the last entry ever added, {@value StreamId#ZERO} if there was none
 * @param firstId id of the first entry, {@code null} if the stream is empty
 * @param maxDeletedId the highest id ever deleted or trimmed, {@code null} before Redis 7
 * @param added number of entries ever added, -1 before Redis 7
 */
record StreamInfo(
        long length,
        String lastId,
        @Nullable String firstId,
        @Nullable String maxDeletedId,
        long added) {

    static final StreamInfo MISSING = new StreamInfo(0, StreamId.ZERO, null, StreamId.ZERO, 0);

    /** From the answer of the script {@code look.lua}. */
    static StreamInfo of(List<?> answer) {
        if (answer.isEmpty()) {
            return MISSING;
        }
        Object first = answer.get(2);
        Object deleted = answer.get(3);
        return new StreamInfo(
                (Long) answer.get(0),
                text(answer.get(1)),
                first == null ? null : text(first),
                deleted == null ? null : text(deleted),
                answer.get(4) instanceof Long added ? added : -1);
    }

    /** Number of entries removed from the start of the stream, provided that none was removed elsewhere. */
    long removed() {
        return added < 0 ? -1 : added - length;
    }

    /** From the answer of XINFO STREAM. */
    static StreamInfo ofXinfo(List<?> answer) {
        long length = 0;
        String lastId = StreamId.ZERO;
        String firstId = null;
        String maxDeletedId = null;
        long added = -1;
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            Object value = answer.get(i + 1);
            switch (text(answer.get(i))) {
                case "length" -> length = (Long) value;
                case "last-generated-id" -> lastId = text(value);
                case "first-entry" ->
                    firstId = value instanceof List<?> entry && !entry.isEmpty() ? text(entry.get(0)) : null;
                case "max-deleted-entry-id" -> maxDeletedId = text(value);
                case "entries-added" -> added = (Long) value;
                default -> {
                    // Not needed.
                }
            }
        }
        return new StreamInfo(length, lastId, firstId, maxDeletedId, added);
    }
}
