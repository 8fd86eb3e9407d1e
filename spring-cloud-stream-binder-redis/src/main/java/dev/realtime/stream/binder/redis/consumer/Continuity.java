package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Detects gaps and rollbacks by comparing a reader's position with the stream between two reads.
 *
 * <p>Redis 7 counts all entries ever added. This class starts from that count at the reader's position and adds what
 * the reader reads, so the counts are equal whenever the reader has caught up: a higher count on the server is a gap, a
 * lower one a rollback. Redis 6 does not count; there only ids are compared, and a gap is reported if the entry at the
 * position is gone and others follow.
 */
final class Continuity {

    private static final long UNKNOWN = -1;

    private final String stream;
    private final ContinuityListener listener;
    /** Number of entries ever added up to the position. */
    private long counted = UNKNOWN;
    /** Whether the position is an entry that was read; false if it is the start. */
    private boolean positionWasEntry;

    private @Nullable String runId;
    private volatile long lag;

    Continuity(String stream, ContinuityListener listener) {
        this.stream = stream;
        this.listener = listener;
    }

    /** Starts after the newest entry or before the oldest. */
    String begin(RedisLink link, boolean earliest) {
        StreamInfo info = StreamInfo.of(link, stream);
        runId = runId(link);
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

    /** Number of unread entries at the last check; 0 if unknown. */
    long lag() {
        return lag;
    }

    /**
     * Checks after a reconnect, which may have led to another server or to an older state of the same one.
     *
     * @return the position to continue from
     */
    String reconnected(RedisLink link, String position) {
        String before = runId;
        runId = runId(link);
        boolean sameServer = before != null && Objects.equals(before, runId);
        StreamInfo info = StreamInfo.of(link, stream);
        if (!sameServer && positionWasEntry && isLostRatherThanDeleted(link, info, position)) {
            String newest = newestUpTo(link, position);
            counted = UNKNOWN;
            positionWasEntry = false;
            listener.rollback(position, newest, UNKNOWN);
            return position;
        }
        return compare(link, info, position);
    }

    /**
     * Checks while connected and between two reads.
     *
     * @return the position to continue from
     */
    String check(RedisLink link, String position) {
        return compare(link, StreamInfo.of(link, stream), position);
    }

    private String compare(RedisLink link, StreamInfo info, String position) {
        if (StreamId.isAfter(position, info.lastId())) {
            long lost = counted == UNKNOWN || info.added() == UNKNOWN ? UNKNOWN : counted - info.added();
            counted = info.added();
            positionWasEntry = false;
            lag = 0;
            listener.rollback(position, info.lastId(), lost > 0 ? lost : UNKNOWN);
            return info.lastId();
        }
        if (info.added() == UNKNOWN) {
            compareWithoutCounts(link, info, position);
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
            lag = info.length();
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
                && !newestUpTo(link, position).equals(position);
    }

    private void compareWithoutCounts(RedisLink link, StreamInfo info, String position) {
        if (positionWasEntry
                && info.firstId() != null
                && StreamId.isAfter(info.firstId(), position)
                && !newestUpTo(link, position).equals(position)) {
            positionWasEntry = false;
            listener.gap(position, info.firstId(), UNKNOWN);
        }
    }

    private String newestUpTo(RedisLink link, String position) {
        return link
                .await(link.commands()
                        .xrevrange(
                                StreamKeys.bytes(stream),
                                Range.from(Range.Boundary.including("-"), Range.Boundary.including(position)),
                                Limit.from(1)))
                .stream()
                .findFirst()
                .map(entry -> entry.getId())
                .orElse(StreamId.ZERO);
    }

    /** The id of the server's run; {@code null} if the server does not tell it, or if several nodes may answer. */
    private static @Nullable String runId(RedisLink link) {
        if (link.isCluster()) {
            return null;
        }
        try {
            return link.await(link.commands().info("server"))
                    .lines()
                    .filter(line -> line.startsWith("run_id:"))
                    .findFirst()
                    .map(line -> line.substring("run_id:".length()).strip())
                    .orElse(null);
        } catch (RedisCommandExecutionException notAllowed) {
            return null;
        }
    }
}
