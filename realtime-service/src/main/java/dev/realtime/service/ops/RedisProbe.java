package dev.realtime.service.ops;

import dev.realtime.service.heartbeat.Beating;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * Asks Redis once a second whether it is there, from one thread of its own, so that nobody who asks us has to wait for
 * it. An answer that is overdue counts as none.
 */
@Component
final class RedisProbe extends Beating {

    private static final Logger log = LoggerFactory.getLogger(RedisProbe.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** How long an answer may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RedisConnectionFactory connections;

    private volatile boolean answered;
    /** When the question under way was asked, {@link System#nanoTime()}; null between two questions. */
    private volatile @Nullable Long asked;

    RedisProbe(RedisConnectionFactory connections) {
        super("redis-probe");
        this.connections = connections;
    }

    /** Whether Redis answered when it was last asked. Never waits. */
    boolean isUp() {
        Long since = asked;
        boolean overdue = since != null && System.nanoTime() - since > PATIENCE.toNanos();
        return answered && !overdue;
    }

    @Override
    protected Duration beat() {
        asked = System.nanoTime();
        boolean answer = ask();
        if (answer != answered) {
            log.info("Redis is {}", answer ? "there" : "away");
        }
        answered = answer;
        asked = null;
        return INTERVAL;
    }

    private boolean ask() {
        try (RedisConnection connection = connections.getConnection()) {
            return "PONG".equals(connection.ping());
        } catch (RuntimeException e) {
            log.debug("Redis did not answer", e);
            return false;
        }
    }
}
