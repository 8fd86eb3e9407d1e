package dev.realtime.service.recovery;

import dev.realtime.contracts.Room;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.redis.RedisRefusals;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.util.unit.DataSize;

/** A real Redis with the stores of two instances. */
final class TestSessions implements AutoCloseable {

    static final Duration WINDOW = Duration.ofMinutes(2);
    static final int MOST_PARKED = 3;
    private static final AtomicLong NUMBERS = new AtomicLong();

    static final StreamId BIRTH = id(1_790_000_000_000L);

    private static final RedisScript<Long> MEMORY =
            RedisScript.of("return redis.call('MEMORY', 'USAGE', KEYS[1], 'SAMPLES', 0)", Long.class);

    final TestRedis server = TestRedis.started();
    final StringRedisTemplate redis;
    final ForeignProtocols foreign = new ForeignProtocols();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final SessionStore store;
    final SessionStore other;
    volatile boolean up = true;

    private final LettuceConnectionFactory connections;
    private final ScriptQueue queue;
    private final ScriptQueue otherQueue;

    TestSessions() {
        connections = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", server.port()),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofSeconds(3))
                        .build());
        connections.afterPropertiesSet();
        connections.start();
        redis = new StringRedisTemplate(connections);
        queue = newQueue();
        otherQueue = newQueue();
        store = store(queue, "abcdEFGH", WINDOW);
        other = store(otherQueue, "12345678", WINDOW);
    }

    private ScriptQueue newQueue() {
        ScriptQueue queue = new ScriptQueue(connections, () -> up, new RedisRefusals());
        queue.start();
        return queue;
    }

    private SessionStore store(ScriptQueue queue, String instance, Duration window) {
        return new SessionStore(
                queue, foreign, new InstanceName(instance), properties(window), () -> MOST_PARKED, meters);
    }

    static RecoveryProperties properties(Duration window) {
        return new RecoveryProperties(true, window, DataSize.ofMegabytes(1));
    }

    static StreamId id(long millis) {
        return new StreamId(millis, 0);
    }

    static NewSession session(SessionRef ref, Room... rooms) {
        return new NewSession(
                ref, "8f14e45f-ceea-467f-a1d6-91f2d7c9a3b5", "k3j9x2", BIRTH, null, 0, "aBcD_-12", List.of(rooms));
    }

    /** A number larger than all before. */
    static long number() {
        return NUMBERS.incrementAndGet();
    }

    /** A saved session of a user, and its pid. */
    record Saved(Pid pid, SessionRef ref) {}

    Saved open(String user, Room... rooms) {
        Pid pid = Pid.random();
        SessionRef ref = store.ref(user, pid);
        store.open(session(ref, rooms));
        return new Saved(pid, ref);
    }

    static String parkedKey(String user) {
        return "realtime:{sessions:" + user + "}";
    }

    static String key(String user, Pid pid) {
        return parkedKey(user) + ":" + pid.hash().text();
    }

    long memory(String key) {
        return Objects.requireNonNull(redis.execute(MEMORY, List.of(key)));
    }

    void clear() {
        redis.execute((RedisCallback<Object>) connection -> {
            RedisServerCommands commands = connection.serverCommands();
            commands.flushAll();
            return null;
        });
    }

    long info(String section, String name) {
        return Long.parseLong(Objects.requireNonNull(redis.execute((RedisCallback<java.util.Properties>)
                        connection -> connection.serverCommands().info(section)))
                .getProperty(name));
    }

    void forgetScripts() {
        redis.execute((RedisCallback<Object>) connection -> {
            connection.scriptingCommands().scriptFlush();
            return null;
        });
    }

    @Override
    public void close() {
        queue.stop();
        otherQueue.stop();
        connections.destroy();
        server.close();
    }
}
