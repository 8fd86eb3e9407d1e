package dev.realtime.service.blocks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The list in Redis: the hash {@code realtime:{blocks}} has the end of each block in milliseconds of Redis' clock by the
 * user, {@code realtime:{blocks}:version} another value after each change. The hash tag keeps both in one slot of a
 * cluster.
 */
@Component
final class BlockRegister {

    private static final Logger log = LoggerFactory.getLogger(BlockRegister.class);

    private static final String BLOCKS = "realtime:{blocks}";
    private static final String VERSION = "realtime:{blocks}:version";
    private static final List<String> KEYS = List.of(BLOCKS, VERSION);

    /** The version is Redis' time as well, so that a Redis that lost its data does not come to an old one again. */
    private static final String CHANGED = "redis.call('SET', KEYS[2], now .. '-' .. redis.call('HLEN', KEYS[1]) .. '-'"
            + " .. math.random(0, 2147483647)) ";

    private static final String NOW =
            "local time = redis.call('TIME') " + "local now = time[1] * 1000 + math.floor(time[2] / 1000) ";

    /** Answers the end; nothing when the list is full, of what has not run out yet. */
    private static final RedisScript<String> PUT = new DefaultRedisScript<>(
            NOW
                    + "if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3])"
                    + " then local all = redis.call('HGETALL', KEYS[1])"
                    + " for i = 1, #all, 2 do if tonumber(all[i + 1]) <= now then redis.call('HDEL', KEYS[1], all[i])"
                    + " end end"
                    + " if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then return false end end "
                    + "local ends = string.format('%.0f', now + tonumber(ARGV[2])) "
                    + "redis.call('HSET', KEYS[1], ARGV[1], ends) "
                    + CHANGED
                    + "return ends",
            String.class);

    /** Answers whether there was one. */
    private static final RedisScript<Boolean> REMOVE = new DefaultRedisScript<>(
            NOW + "local removed = redis.call('HDEL', KEYS[1], ARGV[1]) " + CHANGED + "return removed == 1",
            Boolean.class);

    private final StringRedisTemplate redis;

    BlockRegister(RedisConnectionFactory connections) {
        this.redis = new StringRedisTemplate(connections);
    }

    /** Another text after each change; empty when nobody was ever blocked. */
    String version() {
        String version = redis.opsForValue().get(VERSION);
        return version == null ? "" : version;
    }

    /** Everything in the list, what has run out already too. */
    List<Block> all() {
        List<Block> blocks = new ArrayList<>();
        Map<String, String> entries = redis.<String, String>opsForHash().entries(BLOCKS);
        entries.forEach((userKey, end) -> {
            try {
                blocks.add(new Block(userKey, Instant.ofEpochMilli(Long.parseLong(end))));
            } catch (NumberFormatException e) {
                log.warn("An entry of the hash {} is no time in milliseconds and blocks nobody", BLOCKS);
            }
        });
        return blocks;
    }

    /** Enters a user, or changes the end; empty when there are as many already as there may be. */
    Optional<Block> put(String userKey, Duration duration, int most) {
        @Nullable
        String end = redis.execute(PUT, KEYS, userKey, String.valueOf(duration.toMillis()), String.valueOf(most));
        return Optional.ofNullable(end).map(text -> new Block(userKey, Instant.ofEpochMilli(Long.parseLong(text))));
    }

    /** Takes a user out; false when there was none. */
    boolean remove(String userKey) {
        return Boolean.TRUE.equals(redis.execute(REMOVE, KEYS, userKey));
    }
}
