package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.Failures;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import io.lettuce.core.RedisCommandExecutionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of XINFO STREAM.
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

    private static final StreamInfo MISSING = new StreamInfo(0, StreamId.ZERO, null, StreamId.ZERO, 0);

    /** Queries the server. A missing key counts as a stream without entries. */
    static StreamInfo of(RedisLink link, String stream) {
        try {
            return parse(link.await(link.commands().xinfoStream(StreamKeys.bytes(stream))));
        } catch (RedisCommandExecutionException answer) {
            if (Failures.isAnswer(answer, "ERR no such key")) {
                return MISSING;
            }
            throw answer;
        }
    }

    /** Number of entries removed from the start of the stream, provided that none was removed elsewhere. */
    long removed() {
        return added < 0 ? -1 : added - length;
    }

    private static StreamInfo parse(List<Object> answer) {
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
                    firstId = value instanceof List<?> entry && !entry.isEmpty() ? text(entry.getFirst()) : null;
                case "max-deleted-entry-id" -> maxDeletedId = text(value);
                case "entries-added" -> added = (Long) value;
                default -> {
                    // Not needed.
                }
            }
        }
        return new StreamInfo(length, lastId, firstId, maxDeletedId, added);
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }
}
