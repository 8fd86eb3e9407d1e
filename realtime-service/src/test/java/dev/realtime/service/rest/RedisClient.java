package dev.realtime.service.rest;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** A real Redis of a test's own with a template on it, which can be made to look as if Redis were unavailable. */
public final class RedisClient implements AutoCloseable {

    private final TestRedis server = TestRedis.started();
    private final LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", server.port());
    private final Template template;
    private volatile boolean away;

    public RedisClient() {
        connections.afterPropertiesSet();
        connections.start();
        template = new Template(connections);
    }

    private final class Template extends StringRedisTemplate {

        Template(LettuceConnectionFactory connections) {
            super(connections);
        }

        @Override
        public <T> T execute(RedisScript<T> script, List<String> keys, Object... arguments) {
            if (away) {
                throw new QueryTimeoutException("Redis is unavailable, as the test wants it");
            }
            return super.execute(script, keys, arguments);
        }

        @Override
        public <T> T execute(RedisCallback<T> action, boolean exposeConnection, boolean pipeline) {
            if (away) {
                throw new QueryTimeoutException("Redis is unavailable, as the test wants it");
            }
            return super.execute(action, exposeConnection, pipeline);
        }
    }

    public StringRedisTemplate template() {
        return template;
    }

    /** From now on nothing is answered, or everything is again. */
    public void away(boolean now) {
        away = now;
    }

    /** Takes everything out, and is there. */
    public void clear() {
        away = false;
        template.execute((RedisCallback<Object>) connection -> {
            RedisServerCommands commands = connection.serverCommands();
            commands.flushAll();
            return null;
        });
    }

    /** Redis' clock, in milliseconds since 1970. */
    public long millis() {
        return Objects.requireNonNull(template.execute(
                (RedisCallback<Long>) connection -> connection.serverCommands().time()));
    }

    /** Has a key expire now, as if its time were over. */
    public void expire(String key) {
        template.expire(key, Duration.ZERO);
    }

    @Override
    public void close() {
        connections.destroy();
        server.close();
    }
}
