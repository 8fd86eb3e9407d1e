package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.models.stream.PendingMessage;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Claims entries that have been pending for too long, and removes those that cannot or should not be delivered again.
 */
final class PendingEntries {

    private final GroupSettings settings;
    private final String stream;
    private final byte[] key;
    private final Consumer<byte[]> consumer;
    private final GroupEvents events;
    private String cursor = StreamId.ZERO;
    private long claimedAt = System.nanoTime();

    PendingEntries(GroupSettings settings, String stream, Consumer<byte[]> consumer, GroupEvents events) {
        this.settings = settings;
        this.stream = stream;
        this.key = StreamKeys.bytes(stream);
        this.consumer = consumer;
        this.events = events;
    }

    /** Claims a page of entries if due. A scan that has begun continues with the next call. */
    List<StreamRecord> claim(RedisLink link) {
        boolean due = System.nanoTime() - claimedAt >= settings.claimInterval().toNanos();
        if (!due && cursor.equals(StreamId.ZERO)) {
            return List.of();
        }
        claimedAt = System.nanoTime();
        // A raw command: Lettuce's own method drops the third part of the answer, the ids of trimmed entries.
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .addKey(key)
                .add(consumer.getGroup())
                .add(consumer.getName())
                .add(settings.claimMinIdle().toMillis())
                .add(cursor)
                .add("COUNT")
                .add(settings.batchSize());
        List<Object> answer = link.await(link.commands()
                .<List<Object>>dispatch(
                        CommandType.XAUTOCLAIM, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE), args));
        cursor = text(answer.getFirst());
        List<StreamRecord> claimed = new ArrayList<>();
        for (Object entry : (List<?>) answer.get(1)) {
            // Redis 6.2 returns nil for a trimmed entry.
            if (entry instanceof List<?> idAndFields) {
                claimed.add(
                        StreamRecord.of(stream, text(idAndFields.getFirst()), fields((List<?>) idAndFields.get(1))));
            }
        }
        long trimmed = answer.size() > 2 ? ((List<?>) answer.get(2)).size() : 0;
        if (trimmed > 0) {
            events.lostPending(trimmed);
        }
        if (!claimed.isEmpty()) {
            events.claimed(claimed.size());
        }
        return claimed;
    }

    /** The number of deliveries of each entry. */
    Map<String, Long> deliveries(RedisLink link, List<StreamRecord> records) {
        if (records.isEmpty()) {
            return Map.of();
        }
        return link
                .await(link.commands()
                        .xpending(
                                key,
                                consumer,
                                Range.create(
                                        records.getFirst().id(),
                                        records.getLast().id()),
                                Limit.from(10L * settings.batchSize())))
                .stream()
                .collect(Collectors.toMap(PendingMessage::getId, PendingMessage::getRedeliveryCount, Long::max));
    }

    /** Acknowledges entries that were trimmed or given up, and returns the others. */
    List<StreamRecord> keepDeliverable(
            List<StreamRecord> records,
            Map<String, Long> deliveries,
            java.util.function.Consumer<StreamRecord> acknowledge) {
        List<StreamRecord> kept = new ArrayList<>(records.size());
        for (StreamRecord entry : records) {
            long times = deliveries.getOrDefault(entry.id(), 1L);
            if (entry.gone()) {
                events.lostPending(1);
                acknowledge.accept(entry);
            } else if (times <= settings.maxDeliveries()) {
                kept.add(entry);
            } else if (events.giveUp(entry, times - 1)) {
                acknowledge.accept(entry);
            }
        }
        return kept;
    }

    private static Map<byte[], byte[]> fields(List<?> flat) {
        Map<byte[], byte[]> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put((byte[]) flat.get(i), (byte[]) flat.get(i + 1));
        }
        return fields;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.US_ASCII) : String.valueOf(value);
    }
}
