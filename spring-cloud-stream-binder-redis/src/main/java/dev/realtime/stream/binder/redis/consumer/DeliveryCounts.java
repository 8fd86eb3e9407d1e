package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import io.lettuce.core.Consumer;
import io.lettuce.core.XClaimArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How often the entries of the current page were handed over. Redis itself counts each read, so the count of entries that
 * are read for the first time and have to wait is set back to 0. Not thread-safe.
 */
final class DeliveryCounts {

    private final byte[] key;
    private final Consumer<byte[]> consumer;
    private final Map<String, Long> deliveries = new HashMap<>();
    private final List<CompletableFuture<?>> unconfirmed = new ArrayList<>();
    /** Whether Redis has counted the page's entries as delivered, because it was their first read. */
    private boolean countedByRedis;

    DeliveryCounts(byte[] key, Consumer<byte[]> consumer) {
        this.key = key;
        this.consumer = consumer;
    }

    /** After a connect: what was not confirmed is not awaited any longer. */
    void connected() {
        unconfirmed.clear();
    }

    /**
     * Begins with a page that was pending before; reading it counted no delivery.
     *
     * @param before deliveries by id, as Redis has counted them
     * @param onceIsNone whether a count of one may mean that an entry was read and not handed over
     */
    void beginPending(Map<String, Long> before, boolean onceIsNone) {
        deliveries.clear();
        before.forEach((id, count) -> deliveries.put(id, onceIsNone && count == 1 ? 0 : count));
        countedByRedis = false;
    }

    /** Begins with a page that was read for the first time, which Redis has counted as a delivery. */
    void beginNew() {
        deliveries.clear();
        countedByRedis = true;
    }

    /** How often an entry of the page was handed over. */
    long of(StreamRecord entry) {
        return deliveries.getOrDefault(entry.id(), 0L);
    }

    /** Entries are about to be handed over. */
    void add(List<StreamRecord> taken) {
        taken.forEach(entry -> deliveries.merge(entry.id(), 1L, Long::sum));
    }

    /**
     * Corrects what Redis has counted.
     *
     * @param taken the entries that were added just now
     * @param waiting ids of the entries of the page that still wait
     */
    void write(RedisLink link, List<StreamRecord> taken, List<String> waiting) {
        if (countedByRedis) {
            set(link, waiting, 0);
        } else {
            Map<Long, List<String>> byCount = new LinkedHashMap<>();
            taken.forEach(entry -> byCount.computeIfAbsent(of(entry), count -> new ArrayList<>())
                    .add(entry.id()));
            byCount.forEach((count, ids) -> set(link, ids, count));
        }
        countedByRedis = false;
    }

    /** The page's entries that still wait are left to others, uncounted. */
    void release(RedisLink link, List<String> waiting) {
        if (countedByRedis) {
            set(link, waiting, 0);
        }
    }

    /** Waits until Redis has confirmed all corrections. */
    void settle(RedisLink link) {
        unconfirmed.forEach(link::await);
        unconfirmed.clear();
    }

    private void set(RedisLink link, List<String> ids, long count) {
        if (!ids.isEmpty()) {
            unconfirmed.add(link.commands()
                    .xclaim(
                            key,
                            consumer,
                            new XClaimArgs()
                                    .minIdleTime(Duration.ZERO)
                                    .retryCount(count)
                                    .justid(),
                            ids.toArray(String[]::new))
                    .toCompletableFuture());
        }
    }
}
