package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.connection.Script;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Entries that a consumer has read and not yet handed over. A timer keeps other consumers from claiming them while an
 * entry before them is handled, for up to {@code claim-min-idle}; after that the handler counts as stuck, and what waits
 * behind it may go to others. Thread-safe.
 */
final class WaitingEntries {

    private static final Script KEEP = new Script(WaitingEntries.class, "keep.lua", ScriptOutputType.MULTI);

    private final byte[] key;
    private final byte[] group;
    private final byte[] consumer;
    private final long minIdle;
    private final Executor timer;
    private final Set<String> ids = new LinkedHashSet<>();
    private @Nullable RedisLink link;
    /** When the idle time of the entries last began anew, at the latest. */
    private long keptAt;
    /** When an entry was last handed over. */
    private long handedAt;

    private boolean ticking;

    WaitingEntries(GroupSettings settings, String stream, String consumerName) {
        this.key = StreamKeys.bytes(stream);
        this.group = StreamKeys.bytes(settings.group());
        this.consumer = StreamKeys.bytes(consumerName);
        this.minIdle = settings.claimMinIdle().toNanos();
        this.timer = CompletableFuture.delayedExecutor(Math.max(1, minIdle / 3), TimeUnit.NANOSECONDS);
    }

    /** Begins with the entries of a page, asked for at a time of {@link System#nanoTime()}. */
    synchronized void begin(RedisLink now, List<StreamRecord> page, long askedAt) {
        link = now;
        ids.clear();
        page.forEach(entry -> ids.add(entry.id()));
        keptAt = askedAt;
        handedAt = System.nanoTime();
        tickLater();
    }

    /** The entry waits again. */
    synchronized void add(StreamRecord entry) {
        ids.add(entry.id());
        tickLater();
    }

    /** Number of entries that wait. */
    synchronized int size() {
        return ids.size();
    }

    synchronized void clear() {
        ids.clear();
        link = null;
    }

    /**
     * The entries are about to be handed over and wait no longer.
     *
     * @return those that are still this consumer's
     */
    List<StreamRecord> take(RedisLink now, List<StreamRecord> entries) {
        if (isOld()) {
            // Another consumer may have claimed them meanwhile.
            List<String> waiting = snapshot();
            long askedAt = System.nanoTime();
            kept(waiting, now.await(keep(now, waiting, Duration.ZERO)), askedAt);
        }
        List<StreamRecord> mine = new ArrayList<>(entries.size());
        synchronized (this) {
            handedAt = System.nanoTime();
            for (StreamRecord entry : entries) {
                if (ids.remove(entry.id())) {
                    mine.add(entry);
                }
            }
            tickLater();
        }
        return mine;
    }

    /** Leaves all waiting entries to other consumers at once. */
    void release(RedisLink now) {
        List<String> rest = snapshot();
        clear();
        if (!rest.isEmpty()) {
            now.await(keep(now, rest, Duration.ofNanos(minIdle)));
        }
    }

    /** Ids of the entries that wait. */
    synchronized List<String> snapshot() {
        return List.copyOf(ids);
    }

    private synchronized boolean isOld() {
        return System.nanoTime() - keptAt >= minIdle;
    }

    private void tickLater() {
        if (!ticking && !ids.isEmpty()) {
            ticking = true;
            timer.execute(this::tick);
        }
    }

    private void tick() {
        RedisLink now;
        List<String> waiting;
        boolean stuck;
        synchronized (this) {
            ticking = false;
            now = link;
            waiting = snapshot();
            stuck = System.nanoTime() - handedAt >= minIdle;
        }
        if (now == null || !now.isOpen() || waiting.isEmpty() || stuck) {
            return;
        }
        long askedAt = System.nanoTime();
        keep(now, waiting, Duration.ZERO).whenComplete((mine, failure) -> {
            if (mine != null) {
                kept(waiting, mine, askedAt);
            }
        });
        synchronized (this) {
            tickLater();
        }
    }

    private CompletionStage<List<Object>> keep(RedisLink now, Collection<String> which, Duration idle) {
        List<byte[]> args = new ArrayList<>();
        args.add(group);
        args.add(consumer);
        args.add(StreamKeys.bytes(Long.toString(idle.toMillis())));
        which.forEach(id -> args.add(StreamKeys.bytes(id)));
        return KEEP.run(now.commands(), new byte[][] {key}, args.toArray(byte[][]::new));
    }

    private synchronized void kept(Collection<String> asked, List<Object> mine, long askedAt) {
        Set<String> still = mine.stream()
                .map(id -> new String((byte[]) id, StandardCharsets.US_ASCII))
                .collect(Collectors.toSet());
        ids.removeIf(id -> asked.contains(id) && !still.contains(id));
        keptAt = Math.max(keptAt, askedAt);
    }
}
