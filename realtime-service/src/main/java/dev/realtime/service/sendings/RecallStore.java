package dev.realtime.service.sendings;

import dev.realtime.service.scripts.Scripts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * What was recalled, in Redis; {@link SendingStore#recall} enters it. Every method waits for Redis, and throws {@link
 * org.springframework.dao.DataAccessException} when it does not answer.
 */
@Component
class RecallStore {

    /** How many recalls are kept. */
    static final int MOST = 10_000;

    static final String KEY = SendingStore.INDEX + ":recalled";

    private static final RedisScript<Long> RESTORE = Scripts.load("sendings/restore", Long.class);

    /** How many recalls one script restores. */
    private static final int AT_ONCE = 500;

    private final StringRedisTemplate redis;

    RecallStore(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Everything that was recalled, with the time of the recall. */
    Map<Recalled, Long> recalled() {
        Map<Recalled, Long> recalled = new HashMap<>();
        Set<TypedTuple<String>> all = redis.opsForZSet().rangeWithScores(KEY, 0, -1);
        if (all != null) {
            all.forEach(each -> {
                String text = each.getValue();
                Double score = each.getScore();
                if (text != null && score != null) {
                    recalled.put(Recalled.parse(text), score.longValue());
                }
            });
        }
        return recalled;
    }

    /** Restores what Redis has lost of what was recalled; returns how many. */
    long restore(Map<Recalled, Long> lost) {
        long restored = 0;
        List<String> arguments = new ArrayList<>();
        for (Map.Entry<Recalled, Long> each : lost.entrySet()) {
            arguments.add(String.valueOf(each.getValue()));
            arguments.add(each.getKey().text());
            if (arguments.size() == 2 * AT_ONCE) {
                restored += restore(arguments);
                arguments.clear();
            }
        }
        return arguments.isEmpty() ? restored : restored + restore(arguments);
    }

    private long restore(List<String> arguments) {
        Long restored = redis.execute(RESTORE, List.of(KEY), arguments.toArray());
        return restored == null ? 0 : restored;
    }
}
