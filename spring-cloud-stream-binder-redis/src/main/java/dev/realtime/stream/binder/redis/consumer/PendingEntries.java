package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.connection.Script;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries that are pending already: a consumer's own, and those that another consumer or a failure left behind.
 * Reading them counts no delivery. Entries that were trimmed while pending are removed from the list and reported.
 */
final class PendingEntries {

    private static final Script PENDING = new Script(PendingEntries.class, "pending.lua", ScriptOutputType.MULTI);

    /** After this, a page gets no further entry, so that a slow link has not lost much when it breaks. */
    private static final int PAGE_BYTES = 1 << 20;

    private static final String BEGIN = "";

    private final GroupSettings settings;
    private final String stream;
    private final String consumerName;
    private final GroupEvents events;
    /** Where the reading of this consumer's own entries continues, {@code null} once all were read. */
    private @Nullable String own = BEGIN;
    /** Where the look for entries left behind continues, {@code null} between two looks. */
    private @Nullable String left;

    private long lookedAt = System.nanoTime();
    /** Entries of the next page to claim: few while they fail, so that new entries get their turn. */
    private int claims = 1;

    /**
     * Entries with the number of their deliveries so far.
     *
     * @param records the entries, in order
     * @param deliveries by id
     */
    record Page(List<StreamRecord> records, Map<String, Long> deliveries) {

        static final Page EMPTY = new Page(List.of(), Map.of());

        boolean isEmpty() {
            return records.isEmpty();
        }

        Page without(HandedOver handedOver) {
            return new Page(
                    records.stream()
                            .filter(entry -> !handedOver.contains(entry))
                            .toList(),
                    deliveries);
        }
    }

    PendingEntries(GroupSettings settings, String stream, String consumerName, GroupEvents events) {
        this.settings = settings;
        this.stream = stream;
        this.consumerName = consumerName;
        this.events = events;
    }

    /** After a connect: all of the consumer's own entries are to be read again. */
    void readOwnAgain() {
        own = BEGIN;
    }

    /** The next of the consumer's own entries, without those that were handed over; empty once all were read, or aborted. */
    Page own(RedisLink link, HandedOver handedOver, CompletableFuture<?> abort) {
        while (own != null && !abort.isDone()) {
            Answer answer = ask(link, "own", own, Duration.ZERO, settings.batchSize(), abort);
            own = answer.next();
            Page page = answer.page().without(handedOver);
            if (!page.isEmpty()) {
                return page;
            }
        }
        return Page.EMPTY;
    }

    /** Whether it is time to look for entries that were left behind, or a look is under way. */
    boolean isDue() {
        return left != null
                || System.nanoTime() - lookedAt >= settings.claimInterval().toNanos();
    }

    /** If due, the next entries that were left behind for {@code claim-min-idle}; now this consumer's. */
    Page leftBehind(RedisLink link, CompletableFuture<?> abort) {
        if (!isDue() || abort.isDone()) {
            return Page.EMPTY;
        }
        if (left == null) {
            lookedAt = System.nanoTime();
            left = BEGIN;
        }
        Answer answer =
                ask(link, settings.enableClaims() ? "any" : "own", left, settings.claimMinIdle(), claims, abort);
        left = answer.next();
        if (!answer.page().isEmpty()) {
            events.claimed(answer.page().records().size());
            claims = Math.min(2 * claims, settings.batchSize());
        }
        return answer.page();
    }

    /** An entry failed: entries left behind are taken one by one, until they succeed. */
    void failed() {
        claims = 1;
    }

    private record Answer(@Nullable String next, Page page) {}

    private Answer ask(RedisLink link, String which, String from, Duration idle, int most, CompletableFuture<?> abort) {
        byte[][] args = {
            StreamKeys.bytes(settings.group()),
            StreamKeys.bytes(consumerName),
            StreamKeys.bytes(which),
            StreamKeys.bytes(from),
            StreamKeys.bytes(Long.toString(idle.toMillis())),
            StreamKeys.bytes(Integer.toString(most)),
            StreamKeys.bytes(Integer.toString(PAGE_BYTES))
        };
        byte[][] keys = {StreamKeys.bytes(stream)};
        if (!(PENDING.read(link, keys, args, abort).get() instanceof List<?> answer)) {
            return new Answer(from, Page.EMPTY);
        }
        long trimmed = (Long) answer.get(1);
        if (trimmed > 0) {
            events.lostPending(trimmed);
        }
        List<StreamRecord> records = new ArrayList<>();
        Map<String, Long> deliveries = new LinkedHashMap<>();
        for (Object found : (List<?>) answer.get(2)) {
            List<?> entry = (List<?>) found;
            String id = text(entry.get(0));
            deliveries.put(id, (Long) entry.get(1));
            records.add(StreamRecord.of(stream, id, fields((List<?>) entry.get(2))));
        }
        String next = text(answer.get(0));
        return new Answer(next.isEmpty() ? null : next, new Page(records, deliveries));
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
