package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.hub.ReadHubs;
import dev.realtime.stream.binder.redis.wire.RawReply;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import dev.realtime.stream.binder.redis.wire.StreamReplies;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Reads a stream as an anonymous consumer, which keeps its position in memory and stores nothing in Redis. The position
 * is the id of the last settled entry, never {@code $}, so that entries added between two reads or without a connection
 * are read next.
 *
 * <p>While the stream is quiet, a hub may read it together with others. Until the hub takes it over and from when the hub
 * gives it back, this reader has a connection of its own; so it alone recovers, and tells of gaps.
 */
final class PositionReader implements StreamReader {

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final RedisConnections connections;
    private final String stream;
    private final byte[] key;
    private final int batchSize;
    private final Duration block;
    private final boolean earliest;
    private final Continuity continuity;
    private final SharedReading sharing;
    private volatile @Nullable RedisLink link;
    private volatile @Nullable String position;
    private final ReadSize size;
    private long checkedAt = System.nanoTime();
    private long readAt = System.nanoTime();

    /** @param hubs shares connections; null for a connection of its own at all times */
    PositionReader(
            RedisConnections connections,
            @Nullable ReadHubs hubs,
            String stream,
            int batchSize,
            Duration block,
            boolean earliest,
            ContinuityListener listener) {
        this(
                connections,
                stream,
                batchSize,
                block,
                earliest,
                new Continuity(new StreamLook(stream), listener),
                new SharedReading(hubs, stream, batchSize, listener));
    }

    private PositionReader(
            RedisConnections connections,
            String stream,
            int batchSize,
            Duration block,
            boolean earliest,
            Continuity continuity,
            SharedReading sharing) {
        this.connections = connections;
        this.stream = stream;
        this.key = StreamKeys.bytes(stream);
        this.batchSize = batchSize;
        this.block = block;
        this.earliest = earliest;
        this.size = new ReadSize(batchSize);
        this.continuity = continuity;
        this.sharing = sharing;
    }

    @Override
    public void connect() {
        disconnect();
        open();
        sharing.join();
    }

    private void open() {
        RedisLink opened = connections.open(stream);
        link = opened;
        String last = position;
        position = last == null ? continuity.begin(opened, earliest) : continuity.reconnected(opened, last);
        checkedAt = System.nanoTime();
        sharing.opened();
    }

    @Override
    public boolean isConnected() {
        RedisLink now = link;
        return now != null && now.isOpen() || sharing.isConnected();
    }

    @Override
    public boolean isReady() {
        return isConnected() || sharing.isTaken();
    }

    @Override
    public List<StreamRecord> poll(CompletableFuture<?> abort) {
        if (sharing.isTaken()) {
            List<StreamRecord> entries = sharing.take(abort);
            if (entries != null) {
                return entries;
            }
            open();
        }
        return read(abort);
    }

    private List<StreamRecord> read(CompletableFuture<?> abort) {
        RedisLink now = link;
        String last = position;
        if (now == null || last == null) {
            throw new RedisConnectionFailureException("Not connected");
        }
        if (System.nanoTime() - checkedAt >= CHECK_INTERVAL.toNanos()) {
            // Before the read, not after it: entries that were read and then trimmed are not a gap.
            last = continuity.check(now, last, Duration.ofNanos(System.nanoTime() - readAt));
            position = last;
            checkedAt = System.nanoTime();
            sharing.checked();
        }
        sharing.offer(last, continuity, now);
        RawReply reply;
        try {
            reply = StreamReads.read(now, key, last, size.next(), block, abort);
        } catch (RuntimeException failure) {
            if (sharing.isTakenOver()) {
                // The hub has closed this connection.
                return List.of();
            }
            if (failure instanceof RedisConnectionFailureException lost) {
                size.failed(lost);
            }
            throw failure;
        }
        if (sharing.isTakenOver()) {
            // The hub reads the same entries again.
            return List.of();
        }
        readAt = System.nanoTime();
        List<StreamRecord> entries = StreamReplies.streams(reply.get()).getOrDefault(stream, List.of());
        size.succeeded(entries.size(), reply.arrivalTime());
        sharing.answered(entries.size());
        return entries;
    }

    @Override
    public synchronized PositionReader next(List<StreamRecord> inHand) {
        PositionReader next =
                new PositionReader(connections, stream, batchSize, block, earliest, continuity.copy(), sharing.next());
        String last = position;
        next.position = last;
        for (StreamRecord entry : inHand) {
            if (last != null && StreamId.isAfter(entry.id(), last)) {
                next.handled(List.of(entry));
            }
        }
        return next;
    }

    @Override
    public synchronized void handled(List<StreamRecord> entries) {
        position = entries.get(entries.size() - 1).id();
        continuity.read();
    }

    @Override
    public void left(StreamRecord entry) {
        handled(List.of(entry));
    }

    @Override
    public void failed(StreamRecord entry) {
        handled(List.of(entry));
    }

    @Override
    public void requeue(StreamRecord entry) {
        // It stays with the caller.
    }

    @Override
    public List<StreamRecord> take(List<StreamRecord> entries) {
        return entries;
    }

    @Override
    public CompletableFuture<?> acknowledge(List<StreamRecord> entries) {
        // Redis does not track this reader.
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void settle() {
        // Redis does not track this reader.
    }

    @Override
    public void release() {
        // No other consumer could read what was read.
    }

    @Override
    public void disconnect() {
        RedisLink now = link;
        if (now != null) {
            now.close();
        }
        sharing.leave();
    }

    @Override
    public @Nullable String position() {
        return position;
    }

    @Override
    public boolean isStarted() {
        return position != null;
    }

    @Override
    public long deliveries(StreamRecord entry) {
        return 0;
    }

    @Override
    public long lag() {
        return sharing.lag(continuity);
    }

    @Override
    public long pending() {
        return 0;
    }
}
