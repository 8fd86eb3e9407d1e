package dev.realtime.service.redis;

import dev.realtime.service.scripts.Scripts;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Checks that Redis does what the service needs: runs the required commands on keys that exist only during the check,
 * and on the service's streams without changing them.
 */
@Component
final class RedisRights {

    private static final List<String> STREAMS = List.of("events", "presence", "control", "audit");

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> KEYS = Scripts.load("redis/try-keys", List.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> STREAM = Scripts.load("redis/try-stream", List.class);

    private final StringRedisTemplate redis;

    RedisRights(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /**
     * Something that Redis refuses.
     *
     * @param command the command, and what it was used on
     * @param words Redis' message, beginning with its error code
     */
    record Refused(String command, String words) {

        RedisRefusal why() {
            RedisRefusal why = RedisRefusal.ofWords(words);
            return why == null ? RedisRefusal.OTHER : why;
        }
    }

    /**
     * Checks everything. Waits for Redis, once for each stream and once more.
     *
     * @throws RuntimeException if Redis is unavailable
     */
    List<Refused> tryAll() {
        List<Refused> refused = new ArrayList<>();
        // A few keys stand for all keys with the same prefix.
        add(refused, "realtime:*", () -> redis.execute(KEYS, List.of("realtime:{check}")));
        for (String stream : STREAMS) {
            add(refused, stream, () -> tryStream(stream));
        }
        return refused;
    }

    /**
     * Checks whether events can be published now. Waits for Redis.
     *
     * @throws RuntimeException if they cannot
     */
    void tryEvents() {
        List<Refused> refused = new ArrayList<>();
        add(refused, STREAMS.getFirst(), () -> tryStream(STREAMS.getFirst()));
        if (!refused.isEmpty()) {
            throw new RedisSystemException(
                    "Redis refuses " + refused.getFirst().command(),
                    new RedisCommandExecutionException(refused.getFirst().words()));
        }
    }

    private @Nullable List<?> tryStream(String stream) {
        return redis.execute(STREAM, List.of(stream, stream + ":{" + stream + "}:check"));
    }

    private static void add(List<Refused> refused, String keys, Supplier<@Nullable List<?>> trial) {
        try {
            List<?> answer = trial.get();
            if (answer != null && answer.size() == 2) {
                refused.add(new Refused(answer.get(0) + " on " + keys, String.valueOf(answer.get(1))));
            }
        } catch (RuntimeException e) {
            String words = RedisRefusal.words(e);
            if (words == null) {
                throw e;
            }
            // Redis refuses the script itself, or one of its keys.
            refused.add(new Refused("EVAL on " + keys, words));
        }
    }
}
