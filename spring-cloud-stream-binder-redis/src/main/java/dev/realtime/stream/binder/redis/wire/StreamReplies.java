package dev.realtime.stream.binder.redis.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Finds entries in replies that were decoded by {@link RawReply}. */
public final class StreamReplies {

    private StreamReplies() {}

    /** The entries of each stream in a reply to XREAD or XREADGROUP, by the stream's key; nil is none. */
    public static Map<String, List<StreamRecord>> streams(@Nullable Object reply) {
        Map<String, List<StreamRecord>> streams = new LinkedHashMap<>();
        raw(reply, (stream, entries) -> streams.put(stream, entries(stream, entries)));
        return streams;
    }

    /** The streams in a reply to XREAD or XREADGROUP by their keys, each with its entries as they were sent. */
    public static void raw(@Nullable Object reply, BiConsumer<String, List<?>> each) {
        List<?> elements = list(reply);
        for (int i = 0; i < elements.size(); i++) {
            // RESP2 has a list of pairs, RESP3 a map.
            if (elements.get(i) instanceof List<?> pair) {
                each.accept(text(pair.get(0)), list(pair.get(1)));
            } else {
                each.accept(text(elements.get(i)), list(elements.get(++i)));
            }
        }
    }

    /** The entries of a list as XRANGE returns it. Leaves out nil, which Redis 6.2 returns for trimmed entries. */
    public static List<StreamRecord> entries(String stream, @Nullable Object reply) {
        List<StreamRecord> entries = new ArrayList<>();
        for (Object element : list(reply)) {
            if (element instanceof List<?> entry) {
                entries.add(StreamRecord.of(stream, text(entry.get(0)), fields(entry.get(1))));
            }
        }
        return entries;
    }

    /** The elements of a list; none for nil. */
    public static List<?> list(@Nullable Object reply) {
        return reply instanceof List<?> elements ? elements : List.of();
    }

    /** Bytes as text, for ids, keys and names. */
    public static String text(@Nullable Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(reply);
    }

    private static @Nullable Map<byte[], byte[]> fields(@Nullable Object reply) {
        if (!(reply instanceof List<?> flat)) {
            return null;
        }
        Map<byte[], byte[]> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put((byte[]) flat.get(i), (byte[]) flat.get(i + 1));
        }
        return fields;
    }
}
