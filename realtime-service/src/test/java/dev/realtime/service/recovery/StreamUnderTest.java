package dev.realtime.service.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.backplane.StreamedEvent;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A stream of events in a real Redis, with ids of one's own choice. */
final class StreamUnderTest implements AutoCloseable {

    private static final String KEY = StreamHeaders.EVENTS_DESTINATION;
    private static final String HEADERS = "{\"event\":\"notification\",\"rooms\":[\"operators\"]}";

    private final TestRedis redis = TestRedis.started();
    private final LettuceConnectionFactory connections = new LettuceConnectionFactory(
            new RedisStandaloneConfiguration("127.0.0.1", redis.port()),
            LettuceClientConfiguration.builder()
                    .commandTimeout(Duration.ofSeconds(3))
                    .build());
    private final StringRedisTemplate template;

    StreamUnderTest() {
        connections.afterPropertiesSet();
        connections.start();
        template = new StringRedisTemplate(connections);
    }

    StringRedisTemplate template() {
        return template;
    }

    TestRedis redis() {
        return redis;
    }

    StreamHistory history() {
        return new StreamHistory(connections, "");
    }

    static StreamId id(long millis) {
        return new StreamId(millis, 0);
    }

    static PositionedEvent event(long millis, int bytes) throws Exception {
        return StreamedEvent.of(
                        Map.of("event", "notification", "rooms", List.of("operators")),
                        payload(millis, bytes).getBytes(UTF_8),
                        id(millis))
                .at(id(millis));
    }

    private static String payload(long millis, int bytes) {
        return "{\"message\":\"" + millis + " " + "x".repeat(bytes) + "\"}";
    }

    /** Adds an event whose id begins with these milliseconds and ends with 0. */
    void add(long millis, int bytes) {
        put(id(millis), Map.of("payload", payload(millis, bytes), "headers", HEADERS));
    }

    void addCanary(long millis) {
        put(id(millis), Map.of("payload", "1", "headers", "{\"event\":\"canary\",\"instance\":\"here\"}"));
    }

    void addNonsense(long millis) {
        put(id(millis), Map.of("payload", "{", "headers", HEADERS));
    }

    private void put(StreamId id, Map<String, String> fields) {
        template.opsForStream().add(MapRecord.create(KEY, fields).withId(RecordId.of(id.toString())));
    }

    void trim(int keep) {
        template.opsForStream().trim(KEY, keep);
    }

    void delete(long millis) {
        template.opsForStream().delete(KEY, id(millis).toString());
    }

    void clear() {
        template.delete(KEY);
    }

    /** How often a command was called, by INFO commandstats. */
    long calls(String command) {
        try (var connection = connections.getConnection()) {
            String stats =
                    connection.serverCommands().info("commandstats").getProperty("cmdstat_" + command, "calls=0,");
            return Long.parseLong(stats.substring("calls=".length(), stats.indexOf(',')));
        }
    }

    @Override
    public void close() {
        connections.destroy();
        redis.close();
    }
}
