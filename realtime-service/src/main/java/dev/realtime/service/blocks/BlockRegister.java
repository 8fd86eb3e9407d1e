package dev.realtime.service.blocks;

import dev.realtime.service.scripts.Scripts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The list in Redis. The hash {@code realtime:{blocks}} maps a user to a {@link BlockEntry}; {@code
 * realtime:{blocks}:version} takes a new value with each change. The hash tag keeps both keys in one slot of a Redis
 * Cluster.
 *
 * <p>No entry leaves the list before it has run out: removing a block leaves an entry that says so. A missing entry is
 * therefore one that Redis has lost.
 */
@Component
final class BlockRegister {

    private static final Logger log = LoggerFactory.getLogger(BlockRegister.class);

    private static final String BLOCKS = "realtime:{blocks}";
    private static final String VERSION = "realtime:{blocks}:version";
    private static final List<String> KEYS = List.of(BLOCKS, VERSION);

    private static final RedisScript<String> PUT = Scripts.load("blocks/put", String.class);
    private static final RedisScript<Boolean> REMOVE = Scripts.load("blocks/remove", Boolean.class);
    private static final RedisScript<Long> RESTORE = Scripts.load("blocks/restore", Long.class);
    private static final RedisScript<String> STATE = Scripts.load("blocks/state", String.class);

    /** How many entries one script restores; it blocks Redis for about a millisecond. */
    private static final int AT_ONCE = 500;

    private final StringRedisTemplate redis;

    BlockRegister(RedisConnectionFactory connections) {
        this.redis = new StringRedisTemplate(connections);
    }

    /** The version: a new value after each change, and when Redis has lost the list or its version. */
    String state() {
        return String.valueOf(redis.execute(STATE, KEYS));
    }

    /** All entries by user, including those that have run out. */
    Map<String, BlockEntry> all() {
        Map<String, BlockEntry> all = new HashMap<>();
        Map<String, String> entries = redis.<String, String>opsForHash().entries(BLOCKS);
        entries.forEach((userKey, text) -> BlockEntry.of(userKey, text)
                .ifPresentOrElse(
                        entry -> all.put(userKey, entry),
                        () -> log.warn("Ignoring an invalid entry of the hash {}: it blocks nobody", BLOCKS)));
        return all;
    }

    /** Restores entries that Redis has lost, unless the list has a later entry for the user; returns how many. */
    long restore(List<BlockEntry> entries, int most) {
        long restored = 0;
        for (int from = 0; from < entries.size(); from += AT_ONCE) {
            List<String> arguments = new ArrayList<>(List.of(String.valueOf(2 * most), newVersion()));
            for (BlockEntry entry : entries.subList(from, Math.min(entries.size(), from + AT_ONCE))) {
                arguments.add(entry.userKey());
                arguments.add(entry.text());
            }
            Long more = redis.execute(RESTORE, KEYS, arguments.toArray());
            restored += more == null ? 0 : more;
        }
        return restored;
    }

    /** Blocks a user, or changes the end of a block; empty when as many as allowed are already blocked. */
    Optional<Block> put(String userKey, Duration duration, int most) {
        @Nullable
        String end = redis.execute(
                PUT, KEYS, userKey, String.valueOf(duration.toMillis()), String.valueOf(most), newVersion());
        return Optional.ofNullable(end).map(text -> new Block(userKey, Instant.ofEpochMilli(Long.parseLong(text))));
    }

    /** Removes a block; false when the user was not blocked. */
    boolean remove(String userKey) {
        return Boolean.TRUE.equals(redis.execute(REMOVE, KEYS, userKey, newVersion()));
    }

    /** Random, so that a Redis that lost its data does not repeat an old version. */
    private static String newVersion() {
        return UUID.randomUUID().toString();
    }
}
