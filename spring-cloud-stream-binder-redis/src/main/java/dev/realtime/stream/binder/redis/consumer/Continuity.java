package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Detects gaps and rollbacks by comparing a reader's position with the stream between two reads.
 *
 * <p>Redis 7 counts all entries ever added. This class starts from that count at the reader's position and adds what
 * the reader reads, so the counts are equal whenever the reader has caught up: a higher count on the server is a gap, a
 * lower one a rollback. Redis 6 does not count; there only ids are compared, and a gap is reported if the entry at the
 * position is gone, others follow, and nothing was read for a while. Without the last condition every stream that is
 * trimmed to a few entries, or by age while it is quiet, would have gaps: between two reads the entry at the position is
 * trimmed, and the next one is not read yet.
 */
final class Continuity {

    private static final long UNKNOWN = -1;

    /** How long a reader may do without reading before a gap is likely, where the server does not count. */
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);

    private final StreamLook stream;
    private final ContinuityListener listener;
    /** Number of entries ever added up to the position. */
    private long counted = UNKNOWN;
    /** Whether the position is an entry that was read; false if it is the start. */
    private boolean positionWasEntry;

    /** Whether the server counts, as far as is known. */
    private boolean counts = true;

    private @Nullable String runId;
    private volatile long lag = UNKNOWN;

    Continuity(StreamLook stream, ContinuityListener listener) {
        this.stream = stream;
        this.listener = listener;
    }

    /** The same knowledge for another reader, which continues where this one is. */
    Continuity copy() {
        return copy(listener);
    }

    /** The same, telling somebody else. */
    Continuity copy(ContinuityListener other) {
        Continuity copy = new Continuity(stream, other);
        copy.counted = counted;
        copy.positionWasEntry = positionWasEntry;
        copy.counts = counts;
        copy.runId = runId;
        copy.lag = lag;
        return copy;
    }

    /** Starts after the newest entry or before the oldest. */
    String begin(RedisLink link, boolean earliest) {
        StreamInfo info = stream.at(link);
        runId = link.runId();
        counts = info.added() != UNKNOWN;
        counted = earliest ? info.removed() : info.added();
        lag = earliest ? info.length() : 0;
        return earliest ? StreamId.ZERO : info.lastId();
    }

    /** Counts one more entry as read. */
    void read() {
        positionWasEntry = true;
        if (counted != UNKNOWN) {
            counted++;
        }
    }

    /** Number of unread entries at the last check; -1 if unknown. */
    long lag() {
        return lag;
    }

    /**
     * Checks after a reconnect, which may have led to another server or to an older state of the same one.
     *
     * @return the position to continue from
     */
    String reconnected(RedisLink link, String position) {
        return reconnected(link, position, stream.at(link));
    }

    /** The same with what the stream is like. */
    String reconnected(RedisLink link, String position, StreamInfo info) {
        String now = link.runId();
        boolean sameServer = runId != null && Objects.equals(runId, now);
        String next = position;
        if (!sameServer && positionWasEntry && isLostRatherThanDeleted(link, info, position)) {
            String newest = stream.newestUpTo(link, position);
            counted = UNKNOWN;
            positionWasEntry = false;
            listener.rollback(position, newest, UNKNOWN);
        } else {
            next = compare(link, info, position, true);
        }
        // Not before: if this check fails, the next one is still the first on that server.
        runId = now;
        return next;
    }

    /**
     * Checks while connected and between two reads.
     *
     * @param sinceRead how long nothing was being read
     * @return the position to continue from
     */
    String check(RedisLink link, String position, Duration sinceRead) {
        return check(link, position, sinceRead, stream.at(link));
    }

    /** The same with what the stream is like. */
    String check(RedisLink link, String position, Duration sinceRead, StreamInfo info) {
        return compare(link, info, position, sinceRead.compareTo(BETWEEN_READS) > 0);
    }

    /** The stream that this is about. */
    StreamLook stream() {
        return stream;
    }

    /** The server's run that the position is from; null if the server does not tell it. */
    @Nullable
    String runId() {
        return runId;
    }

    /** Whether what is known of the stream would show a contradiction. */
    boolean isSettled() {
        return counted != UNKNOWN || !counts;
    }

    /** @param unread whether nothing was read for a while */
    private String compare(RedisLink link, StreamInfo info, String position, boolean unread) {
        if (StreamId.isAfter(position, info.lastId())) {
            long lost = counted == UNKNOWN || info.added() == UNKNOWN ? UNKNOWN : counted - info.added();
            counted = info.added();
            positionWasEntry = false;
            lag = 0;
            listener.rollback(position, info.lastId(), lost > 0 ? lost : UNKNOWN);
            return info.lastId();
        }
        counts = info.added() != UNKNOWN;
        if (!counts) {
            lag = info.lastId().equals(position) ? 0 : UNKNOWN;
            if (unread) {
                compareWithoutCounts(link, info, position);
            }
        } else if (info.lastId().equals(position)) {
            caughtUp(info, position);
        } else {
            behind(info, position);
        }
        return position;
    }

    private void caughtUp(StreamInfo info, String position) {
        long before = counted;
        counted = info.added();
        lag = 0;
        if (before != UNKNOWN && info.added() > before) {
            listener.gap(position, position, info.added() - before);
        } else if (before != UNKNOWN && info.added() < before) {
            listener.rollback(position, position, before - info.added());
        }
    }

    private void behind(StreamInfo info, String position) {
        if (counted == UNKNOWN) {
            lag = UNKNOWN;
            return;
        }
        boolean allLaterThanUs = info.firstId() == null || StreamId.isAfter(info.firstId(), position);
        if (allLaterThanUs && info.removed() != counted) {
            // Trimming removes from the start, so the removed entries must be exactly the ones read.
            long difference = info.removed() - counted;
            String found = info.firstId() == null ? info.lastId() : info.firstId();
            counted = info.removed();
            if (difference > 0) {
                listener.gap(position, found, difference);
            } else {
                listener.rollback(position, found, -difference);
            }
        }
        lag = info.added() - counted;
    }

    /**
     * The entry at the position is missing although older ones exist and it was never deleted: the server lost it and
     * went on.
     */
    private boolean isLostRatherThanDeleted(RedisLink link, StreamInfo info, String position) {
        String first = info.firstId();
        String deleted = info.maxDeletedId();
        return first != null
                && deleted != null
                && !StreamId.isAfter(position, info.lastId())
                && !StreamId.isAfter(first, position)
                && StreamId.isAfter(position, deleted)
                && !stream.newestUpTo(link, position).equals(position);
    }

    private void compareWithoutCounts(RedisLink link, StreamInfo info, String position) {
        if (positionWasEntry
                && info.firstId() != null
                && StreamId.isAfter(info.firstId(), position)
                && !stream.newestUpTo(link, position).equals(position)) {
            positionWasEntry = false;
            listener.gap(position, info.firstId(), UNKNOWN);
        }
    }
}
