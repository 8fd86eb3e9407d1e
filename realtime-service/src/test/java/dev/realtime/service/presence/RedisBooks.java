package dev.realtime.service.presence;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.rest.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** A real Redis for presence's tests, whose answers can be lost on the way. */
final class RedisBooks implements AutoCloseable {

    private static final RedisScript<Long> MEMORY =
            RedisScript.of("return redis.call('MEMORY', 'USAGE', KEYS[1], 'SAMPLES', 0)", Long.class);

    private final TestRedis server = TestRedis.started();
    private final LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", server.port());
    final Template redis;

    /** Whether the answer to the next script is lost, which then has been run all the same. */
    BooleanSupplier losesAnswer = () -> false;

    RedisBooks() {
        connections.afterPropertiesSet();
        connections.start();
        redis = new Template(connections);
    }

    final class Template extends StringRedisTemplate {

        Template(LettuceConnectionFactory connections) {
            super(connections);
        }

        @Override
        public <T> T execute(RedisScript<T> script, List<String> keys, Object... arguments) {
            T answer = super.execute(script, keys, arguments);
            if (losesAnswer.getAsBoolean()) {
                throw new QueryTimeoutException("The answer was lost, as the test wants it");
            }
            return answer;
        }
    }

    void clear() {
        losesAnswer = () -> false;
        redis.execute((RedisCallback<Object>) connection -> {
            RedisServerCommands commands = connection.serverCommands();
            commands.flushAll();
            return null;
        });
    }

    /** How many bytes a key takes. */
    long memory(String key) {
        return Objects.requireNonNull(redis.execute(MEMORY, List.of(key)));
    }

    static PresenceProperties properties(Duration grace) {
        return new PresenceProperties(List.of("directors"), grace, 20, Duration.ofSeconds(8));
    }

    static SocketPresence socket(String id, String instance, Object user, @Nullable String name, Room... rooms) {
        return new SocketPresence(
                user,
                name,
                "operator",
                "login",
                id,
                List.of(rooms),
                instance,
                "polling",
                "127.0.0.1",
                4,
                "agent",
                Instant.EPOCH,
                null);
    }

    @Override
    public void close() {
        connections.destroy();
        server.close();
    }
}
