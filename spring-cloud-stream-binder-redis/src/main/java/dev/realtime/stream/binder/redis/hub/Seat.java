package dev.realtime.stream.binder.redis.hub;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import dev.realtime.stream.binder.redis.wire.StreamReplies;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * A stream's place at a hub, with what the hub has read for it. The public methods are for the stream's own thread; what
 * the hub calls needs its lock.
 */
public final class Seat {

    /** A stream with more waiting entries has a connection of its own. */
    private static final int MOST_ENTRIES = 1_000;

    /** The same in bytes of payloads and headers. */
    private static final long MOST_BYTES = 4 << 20;

    private final ReadHub hub;
    private final String stream;
    private final byte[] key;
    private final int batchSize;
    private final Deque<List<?>> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private @Nullable CompletableFuture<@Nullable Void> change;
    private boolean offered;
    private volatile boolean taken;
    private volatile boolean served;
    private @Nullable RedisLink own;
    private long ownSince;
    private volatile String position = "";
    private volatile @Nullable Watch watch;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean unsuited;
    private final AtomicInteger reconnects = new AtomicInteger();
    private long idleAt = System.nanoTime();
    private long checkedAt;
    private int replies;

    Seat(ReadHub hub, String stream, byte[] key, int batchSize) {
        this.hub = hub;
        this.stream = stream;
        this.key = key;
        this.batchSize = batchSize;
    }

    /** Whether there are other streams to share a connection with. */
    public boolean isWanted() {
        return hub.seats().areSeveral();
    }

    /**
     * The hub may read the stream from now on until {@link #withdraw}. It then closes the stream's own connection.
     *
     * @param last id after which to read
     * @param link the stream's own connection
     * @param since when that was opened, as {@link System#nanoTime()}
     */
    public void offer(String last, Watch knowledge, RedisLink link, long since) {
        hub.seats().locked(() -> {
            position = last;
            watch = knowledge;
            own = link;
            ownSince = since;
            offered = true;
            hub.offer(this);
        });
    }

    /** Takes the offer back; false if the hub reads the stream already. */
    public boolean withdraw() {
        hub.seats().locked(() -> {
            if (offered) {
                offered = false;
                own = null;
                hub.seats().withdraw(this);
            }
        });
        return !taken;
    }

    /** Whether {@link #take} is to be asked: the hub reads the stream, or has given it back and that was not seen. */
    public boolean isTaken() {
        return taken;
    }

    /** Whether the hub reads the stream and has a connection. Thread-safe. */
    public boolean isConnected() {
        return served && hub.isConnected();
    }

    /**
     * The next entries; empty if none arrive while the server blocks.
     *
     * @param abort ends the wait when completed
     * @return null if the hub has given the stream back, and all it had read was taken
     * @throws RedisConnectionFailureException if interrupted
     */
    public @Nullable List<StreamRecord> take(CompletableFuture<?> abort) {
        long enteredAt = System.nanoTime();
        List<List<?>> page;
        while (true) {
            CompletableFuture<@Nullable Void> next = new CompletableFuture<>();
            hub.seats().lock();
            try {
                page = page();
                if (page.isEmpty() && !served) {
                    taken = false;
                    return null;
                }
                boolean waited = System.nanoTime() - enteredAt >= hub.block().toNanos();
                if (!page.isEmpty()
                        || abort.isDone()
                        || idleAt - enteredAt > 0
                        || waited && hub.answeredAt() - enteredAt > 0) {
                    break;
                }
                change = next;
            } finally {
                hub.seats().unlock();
            }
            try {
                await(CompletableFuture.anyOf(next, abort), hub.block());
            } finally {
                // Otherwise what is aborted at last would keep every wait.
                next.complete(null);
            }
        }
        // Without the lock, which all streams need.
        return StreamReplies.entries(stream, page);
    }

    private List<List<?>> page() {
        List<List<?>> page = new ArrayList<>(Math.min(waiting.size(), batchSize));
        while (!waiting.isEmpty() && page.size() < batchSize) {
            List<?> entry = waiting.remove();
            waitingBytes -= size(entry);
            page.add(entry);
        }
        return page;
    }

    private static void await(CompletableFuture<?> what, Duration limit) {
        try {
            what.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException over) {
            // Whether Redis was silent, the hub knows.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RedisConnectionFailureException("Interrupted while waiting for Redis", interrupted);
        }
    }

    /** Why the stream was given back: the connection was lost; null if for another reason. */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    /** Whether the stream was given back because it does not suit others, so that it should stay away for a while. */
    public boolean isUnsuited() {
        return unsuited;
    }

    /** How often the hub has connected again while it had the stream. */
    public int reconnects() {
        return reconnects.get();
    }

    void reconnected() {
        reconnects.incrementAndGet();
    }

    /** Number of unread entries when the server was last asked; -1 if unknown. */
    public long lag() {
        Watch knowledge = watch;
        return knowledge == null ? -1 : knowledge.lag();
    }

    /** Gives the place up, and what was read and not taken. Thread-safe. */
    public void leave() {
        hub.remove(this);
    }

    String stream() {
        return stream;
    }

    byte[] key() {
        return key;
    }

    String position() {
        return position;
    }

    Watch watch() {
        return Objects.requireNonNull(watch);
    }

    long ownSince() {
        return ownSince;
    }

    /** The hub reads the stream from now on. Returns the stream's own connection, which is to be closed. */
    RedisLink sit() {
        RedisLink former = Objects.requireNonNull(own);
        offered = false;
        own = null;
        failure = null;
        unsuited = false;
        taken = true;
        served = true;
        checkedAt = System.nanoTime();
        replies = 0;
        return former;
    }

    /** Adds entries as they were sent. */
    void add(List<?> entries) {
        for (Object entry : entries) {
            waiting.add((List<?>) entry);
            waitingBytes += size((List<?>) entry);
        }
        if (!entries.isEmpty()) {
            position = StreamReplies.text(((List<?>) entries.get(entries.size() - 1)).get(0));
            watch().read(entries.size());
            replies++;
            changed();
        }
    }

    /** A read found nothing. */
    void idle() {
        idleAt = System.nanoTime();
        changed();
    }

    private static long size(List<?> entry) {
        long bytes = 0;
        for (Object field : StreamReplies.list(entry.get(1))) {
            bytes += field instanceof byte[] value ? value.length : 0;
        }
        return bytes;
    }

    /** Whether the stream's thread is so far behind that the hub should not read on. */
    boolean isFull() {
        return waiting.size() >= Math.max(MOST_ENTRIES, 2 * batchSize) || waitingBytes >= MOST_BYTES;
    }

    /** The hub does not read the stream any more. What was read remains. */
    void release(@Nullable RuntimeException why, boolean doesNotSuit) {
        served = false;
        failure = why;
        unsuited = doesNotSuit;
        changed();
    }

    void clear() {
        offered = false;
        served = false;
        waiting.clear();
        waitingBytes = 0;
        changed();
    }

    /** Whether the position is to be compared with the server again. */
    boolean isDue(Duration interval) {
        return System.nanoTime() - checkedAt >= interval.toNanos();
    }

    /** Begins an interval, and returns how many replies had entries of the stream in the last one. */
    int checked() {
        checkedAt = System.nanoTime();
        int counted = replies;
        replies = 0;
        return counted;
    }

    private void changed() {
        CompletableFuture<@Nullable Void> waited = change;
        change = null;
        if (waited != null) {
            waited.complete(null);
        }
    }
}
