package dev.realtime.service.cluster;

import dev.realtime.service.scripts.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The register's keys in Redis. Every method waits for Redis, and throws a {@link
 * org.springframework.dao.DataAccessException} when Redis does not answer.
 */
@Component
final class RegisterStore {

    private static final List<String> KEYS =
            List.of("realtime:{instances}", "realtime:{instances}:beats", "realtime:{instances}:salt");

    /**
     * Long enough for a live instance to take over what dead instances left, even after a weekend without any instance.
     */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

    static final int MOST = 1_000;

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> BEAT = Scripts.load("cluster/beat", List.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> FIND = Scripts.load("cluster/find", List.class);

    private static final RedisScript<Long> TOUCH = Scripts.load("cluster/touch", Long.class);

    private static final RedisScript<Boolean> FORGET = Scripts.load("cluster/forget", Boolean.class);

    private final StringRedisTemplate redis;

    RegisterStore(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** An instance's entry in Redis. */
    record Row(String name, Duration silentFor, String entry) {}

    /**
     * The answer to a beat.
     *
     * @param micros Redis' time, in microseconds since 1970
     * @param salt the salt of the fingerprints
     * @param rows all instances, the latest beat first, this one included
     */
    record Told(long micros, String salt, List<Row> rows) {}

    /** Renews an instance's entry and reads all entries, {@link #MOST} at most. */
    Told beat(String self, String entry, String salt) {
        List<?> answer = redis.execute(
                BEAT, KEYS, self, entry, salt, String.valueOf(FORGOTTEN_AFTER.toMillis()), String.valueOf(MOST));
        if (answer == null || answer.size() < 2) {
            throw new IllegalStateException("Redis gave an empty answer to a beat");
        }
        List<Row> rows = new ArrayList<>(answer.size() / 3);
        for (int i = 2; i + 2 < answer.size(); i += 3) {
            rows.add(row(text(answer, i), text(answer, i + 1), text(answer, i + 2)));
        }
        return new Told(Long.parseLong(text(answer, 0)), text(answer, 1), rows);
    }

    /** One instance; empty when it is not registered. */
    Optional<Row> find(String name) {
        List<?> answer = redis.execute(FIND, KEYS.subList(0, 2), name);
        return answer == null || answer.size() < 2
                ? Optional.empty()
                : Optional.of(row(name, text(answer, 0), text(answer, 1)));
    }

    /** Notes that an instance exists; its entry comes with its beat. */
    void touch(String name) {
        redis.execute(TOUCH, KEYS.subList(1, 2), name);
    }

    /** Removes an instance unless it was heard within that time; zero removes it in any case. */
    boolean forget(String name, Duration silence) {
        return Boolean.TRUE.equals(redis.execute(FORGET, KEYS.subList(0, 2), name, String.valueOf(silence.toMillis())));
    }

    private static Row row(String name, String silentFor, String entry) {
        return new Row(name, Duration.ofMillis(Long.parseLong(silentFor)), entry);
    }

    private static String text(List<?> answer, int index) {
        return String.valueOf(answer.get(index));
    }
}
