package dev.realtime.service.blocks;

import dev.realtime.service.scripts.Scripts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    private static final RedisScript<String> PUT = Scripts.load("blocks/put", String.class);
    private static final RedisScript<Boolean> REMOVE = Scripts.load("blocks/remove", Boolean.class);

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
        String end = redis.execute(
                PUT, KEYS, userKey, String.valueOf(duration.toMillis()), String.valueOf(most), newVersion());
        return Optional.ofNullable(end).map(text -> new Block(userKey, Instant.ofEpochMilli(Long.parseLong(text))));
    }

    /** Takes a user out; false when there was none. */
    boolean remove(String userKey) {
        return Boolean.TRUE.equals(redis.execute(REMOVE, KEYS, userKey, newVersion()));
    }

    /** Random, so that a Redis that lost its data does not come to an old one again. */
    private static String newVersion() {
        return UUID.randomUUID().toString();
    }
}
