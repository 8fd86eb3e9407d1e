package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.wire.StreamId;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares a reader's position with the stream, between two reads, and tells gaps and rollbacks.
 *
 * <p>Redis 7 counts all entries ever added. We count what we read on top of that count as it was at our position, so
 * that both must be equal whenever we have caught up: more on the server is a gap, fewer a rollback. Redis 6 does not
 * count; there only ids are compared, and a gap is told when the entry at our position is gone and others follow.
 */
final class Continuity {

    private static final long UNKNOWN = -1;

    private final String stream;
    private final ContinuityListener listener;
    /** How many entries had ever been added up to our position. */
    private long counted = UNKNOWN;
    /** Whether an entry was read at our position, rather than the position being where we began. */
    private boolean positionWasEntry;

    private @Nullable String runId;
    private volatile long lag;

    Continuity(String stream, ContinuityListener listener) {
        this.stream = stream;
        this.listener = listener;
    }

    /** Begins at the newest entry, or before the oldest. */
    String begin(RedisLink link, boolean earliest) {
        StreamInfo info = StreamInfo.of(link, stream);
        runId = runId(link);
        counted = earliest ? info.removed() : info.added();
        lag = earliest ? info.length() : 0;
        return earliest ? StreamId.ZERO : info.lastId();
    }

    /** One entry more was read. */
    void read() {
        positionWasEntry = true;
        if (counted != UNKNOWN) {
            counted++;
        }
    }

    /** How many entries were behind us at the last look; 0 when unknown. */
    long lag() {
        return lag;
    }

    /**
     * After a reconnect: it may be another server, or the same one with an older state.
     *
     * @return the position to go on from
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
     * While connected, with nothing being read.
     *
     * @return the position to go on from
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
            // Trimming takes entries from the beginning, so all we have read and no other should be gone.
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

    /** Our entry is not there, although older ones are and it was never deleted: the server went on without it. */
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

    /** The server's own name since it was started; {@code null} when it does not say, or one of many might answer. */
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
