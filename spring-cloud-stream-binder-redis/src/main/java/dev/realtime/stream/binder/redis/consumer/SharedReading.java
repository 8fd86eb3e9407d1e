package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.hub.ReadHubs;
import dev.realtime.stream.binder.redis.hub.Seat;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Decides when a stream that is read over a connection of its own is offered to a hub, and takes what a hub has read.
 * Confined to the reader's thread unless stated otherwise.
 */
final class SharedReading {

    /** How long a stream that was not quiet keeps its own connection. */
    private static final Duration AWAY = Duration.ofSeconds(10);

    /** The most replies with entries that a quiet stream has between two checks, which is a second. */
    private static final int QUIET = 50;

    private final @Nullable ReadHubs hubs;
    private final String stream;
    private final int batchSize;
    private final ContinuityListener listener;
    private volatile @Nullable Seat seat;
    private boolean offered;
    private int reconnects;
    private long openedAt;
    /** Whether a read has succeeded since the connection was opened; what Redis refuses is not offered. */
    private boolean proven;

    private int replies;
    private long quietFrom = System.nanoTime();

    /** @param hubs null for a connection of the stream's own at all times */
    SharedReading(@Nullable ReadHubs hubs, String stream, int batchSize, ContinuityListener listener) {
        this.hubs = hubs;
        this.stream = stream;
        this.batchSize = batchSize;
        this.listener = listener;
    }

    /** The same for another reader of the stream. */
    SharedReading next() {
        return new SharedReading(hubs, stream, batchSize, listener);
    }

    /** The stream takes part until {@link #leave}. */
    void join() {
        seat = hubs == null ? null : hubs.seat(stream, batchSize);
        reconnects = 0;
    }

    /** Thread-safe. */
    void leave() {
        Seat left = seat;
        seat = null;
        if (left != null) {
            left.leave();
        }
    }

    /** The stream has a new connection of its own. */
    void opened() {
        openedAt = System.nanoTime();
        proven = false;
        replies = 0;
    }

    /** A read over that connection was answered. */
    void answered(int entries) {
        proven = true;
        if (entries > 0) {
            replies++;
        }
    }

    /** The position was compared with the server, as once a second. */
    void checked() {
        if (replies > QUIET) {
            quietFrom = System.nanoTime() + AWAY.toNanos();
        }
        replies = 0;
    }

    /**
     * Offers the stream to a hub during the next read, if it is quiet and there are others.
     *
     * @param last id after which to read
     * @param own the stream's own connection, which the hub closes if it takes the stream over
     */
    void offer(String last, Continuity continuity, RedisLink own) {
        Seat shared = seat;
        if (shared != null
                && proven
                && shared.isWanted()
                && System.nanoTime() - quietFrom >= 0
                && continuity.isSettled()) {
            shared.offer(last, new ContinuityWatch(continuity), own, openedAt);
            offered = true;
        }
    }

    /** Ends the offer; true if a hub has taken the stream over, so that the outcome of the read does not count. */
    boolean isTakenOver() {
        Seat shared = seat;
        boolean before = offered;
        offered = false;
        return before && shared != null && !shared.withdraw();
    }

    /** Whether a hub reads the stream, or has read entries of it that were not taken. */
    boolean isTaken() {
        Seat shared = seat;
        return shared != null && shared.isTaken();
    }

    /**
     * The next entries that a hub has read; empty if none arrive while the server blocks.
     *
     * @param abort ends the wait when completed
     * @return null if the stream is to be read over a connection of its own again
     * @throws RedisConnectionFailureException if the connection was lost
     */
    @Nullable
    List<StreamRecord> take(CompletableFuture<?> abort) {
        Seat shared = seat;
        if (shared == null) {
            return null;
        }
        List<StreamRecord> entries = shared.take(abort);
        for (; reconnects < shared.reconnects(); reconnects++) {
            listener.reconnected();
        }
        RuntimeException lost = shared.failure();
        if (entries == null && lost != null) {
            throw new RedisConnectionFailureException("The connection shared with other streams was lost", lost);
        }
        if (entries == null && shared.isUnsuited()) {
            quietFrom = System.nanoTime() + AWAY.toNanos();
        }
        return entries;
    }

    /** Whether a hub reads the stream and is connected. Thread-safe. */
    boolean isConnected() {
        Seat shared = seat;
        return shared != null && shared.isConnected();
    }

    /** Number of unread entries; -1 if unknown. Thread-safe. */
    long lag(Continuity continuity) {
        Seat shared = seat;
        return shared != null && shared.isTaken() ? shared.lag() : continuity.lag();
    }
}
