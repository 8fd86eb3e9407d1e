package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.connection.Script;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches a group at intervals: its lag, entries that were removed unread, and dead consumers. */
final class GroupWatch {

    private static final Logger log = LoggerFactory.getLogger(GroupWatch.class);

    private static final long UNKNOWN = -1;

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private static final Script REMOVE_DEAD_CONSUMERS =
            new Script(GroupWatch.class, "remove-dead-consumers.lua", ScriptOutputType.INTEGER);

    private final GroupSettings settings;
    private final String stream;
    private final byte[] key;
    private final String consumerName;
    private final GroupEvents events;
    private final StreamLook looks;
    private long lookedAt = System.nanoTime();
    private long cleanedAt = System.nanoTime();
    private @Nullable String gapTold;
    /** The newest id that this consumer has read, or seen in a look. */
    private volatile String newest = StreamId.ZERO;

    /** The number of entries ever added at the last look. */
    private volatile long seenAdded = UNKNOWN;

    /** Whether the group was created again, and that is still to be told. */
    private volatile boolean recreatedUntold;

    /** Unknown before the first look, before Redis 7, and while Redis cannot tell. */
    private volatile long lag = UNKNOWN;

    private volatile long pending;

    GroupWatch(GroupSettings settings, String stream, String consumerName, GroupEvents events) {
        this.settings = settings;
        this.stream = stream;
        this.key = StreamKeys.bytes(stream);
        this.consumerName = consumerName;
        this.events = events;
        this.looks = new StreamLook(stream);
    }

    /** The same knowledge for another reader, which continues where this one is. */
    GroupWatch copy() {
        GroupWatch copy = new GroupWatch(settings, stream, consumerName, events);
        copy.newest = newest;
        copy.seenAdded = seenAdded;
        copy.recreatedUntold = recreatedUntold;
        return copy;
    }

    /** Entries up to an id were read, whether they are handed over or not. */
    void read(String id) {
        if (StreamId.isAfter(id, newest)) {
            newest = id;
        }
    }

    /**
     * Checks after a connect. If this fails, the next one tells what this one should have told.
     *
     * @param recreated whether the group had disappeared
     */
    void connected(RedisLink link, boolean recreated) {
        if (recreated) {
            recreatedUntold = true;
        }
        StreamInfo info = looks.at(link);
        boolean again = recreatedUntold;
        if (again || knowsLess(info) || isMissing(link, info, newest)) {
            recreatedUntold = false;
            if (again) {
                events.groupRecreated();
            }
            rolledBack(info);
        }
        look(link, info);
        cleanedAt = 0;
    }

    private void rolledBack(StreamInfo info) {
        String expected = newest;
        long lost = info.added() == UNKNOWN ? UNKNOWN : seenAdded - info.added();
        newest = info.lastId();
        seenAdded = info.added();
        events.rollback(expected, info.lastId(), lost > 0 ? lost : UNKNOWN);
    }

    private boolean knowsLess(StreamInfo info) {
        return StreamId.isAfter(newest, info.lastId()) || info.added() != UNKNOWN && info.added() < seenAdded;
    }

    /** Whether an id is not there although older ones are, and it was never deleted: the server lost it and went on. */
    private boolean isMissing(RedisLink link, StreamInfo info, String id) {
        String first = info.firstId();
        String deleted = info.maxDeletedId();
        return first != null
                && deleted != null
                && !StreamId.isAfter(first, id)
                && StreamId.isAfter(id, deleted)
                && !looks.newestUpTo(link, id).equals(id);
    }

    /** Checks between two reads, at most once a second. */
    void look(RedisLink link) {
        if (System.nanoTime() - lookedAt >= LOOK_INTERVAL.toNanos()) {
            StreamInfo info = looks.at(link);
            if (knowsLess(info)) {
                rolledBack(info);
            }
            look(link, info);
        }
        if (cleanedAt == 0
                || System.nanoTime() - cleanedAt >= settings.claimInterval().toNanos()) {
            cleanedAt = System.nanoTime();
            removeDeadConsumers(link);
        }
    }

    long lag() {
        return lag;
    }

    long pending() {
        return pending;
    }

    private void look(RedisLink link, StreamInfo info) {
        lookedAt = System.nanoTime();
        read(info.lastId());
        seenAdded = info.added();
        Map<String, Object> group = group(link);
        if (group.isEmpty()) {
            lag = UNKNOWN;
            return;
        }
        pending = number(group.get("pending"), 0);
        lag = number(group.get("lag"), UNKNOWN);
        String delivered = text(group.get("last-delivered-id"));
        long read = number(group.get("entries-read"), UNKNOWN);
        String first = info.firstId();
        boolean allUnread = first == null || StreamId.isAfter(first, delivered);
        if (read >= 0 && info.added() >= 0 && allUnread && info.removed() > read && !delivered.equals(gapTold)) {
            gapTold = delivered;
            events.gap(delivered, first == null ? info.lastId() : first, info.removed() - read);
        }
    }

    private Map<String, Object> group(RedisLink link) {
        for (Object answer : link.await(link.commands().xinfoGroups(key))) {
            Map<String, Object> about = new HashMap<>();
            List<?> flat = (List<?>) answer;
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                Object value = flat.get(i + 1);
                if (value != null) {
                    about.put(text(flat.get(i)), value);
                }
            }
            if (settings.group().equals(text(about.get("name")))) {
                return about;
            }
        }
        return Map.of();
    }

    private void removeDeadConsumers(RedisLink link) {
        try {
            byte[][] args = {
                StreamKeys.bytes(settings.group()),
                StreamKeys.bytes(Long.toString(settings.deadConsumerTimeout().toMillis())),
                StreamKeys.bytes(consumerName)
            };
            Long removed = link.await(REMOVE_DEAD_CONSUMERS.<Long>run(link.commands(), new byte[][] {key}, args));
            if (removed > 0) {
                log.info("Removed {} dead consumers of {} from {}", removed, settings.group(), stream);
            }
        } catch (RedisCommandExecutionException notAllowed) {
            log.debug("Could not remove dead consumers of {}", settings.group(), notAllowed);
        }
    }

    private static long number(@Nullable Object value, long otherwise) {
        return value instanceof Long number ? number : otherwise;
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }
}
