package dev.realtime.service.canary;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.stereotype.Component;

/** Distinguishes a Redis that answers with an error from one that does not answer. Waits for Redis. */
@Component
final class RedisAnswers {

    private static final Logger log = LoggerFactory.getLogger(RedisAnswers.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int LONGEST = 200;

    private final RedisConnectionFactory connections;

    RedisAnswers(RedisConnectionFactory connections) {
        this.connections = connections;
    }

    /** Whether Redis answers within a second, if only with an error. */
    boolean answers() {
        long asked = System.nanoTime();
        return answered() && System.nanoTime() - asked < PATIENCE.toNanos();
    }

    private boolean answered() {
        try (RedisConnection connection = connections.getConnection()) {
            connection.ping();
            return true;
        } catch (RuntimeException e) {
            log.debug("Redis did not answer a PING", e);
            return answer(e) != null;
        }
    }

    /** Redis' error text, or that it did not answer. */
    static String words(Throwable failure) {
        Throwable answer = answer(failure);
        String words = answer == null ? "no answer" : String.valueOf(answer.getMessage());
        return words.length() > LONGEST ? words.substring(0, LONGEST) : words;
    }

    private static @Nullable Throwable answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
                return cause;
            }
        }
        return null;
    }
}
