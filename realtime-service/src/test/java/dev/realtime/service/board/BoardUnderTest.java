package dev.realtime.service.board;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.backplane.StreamedEvent;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.rest.RedisClient;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The board of one instance on a test's Redis, and the stream there. The test decides what the instance reads. */
final class BoardUnderTest {

    private final RedisClient redis;
    final Epoch epoch;
    final Board board;
    final BoardStore store;
    final BoardLoader loader;

    BoardUnderTest(RedisClient redis, BoardProperties properties) {
        this.redis = redis;
        StringRedisTemplate template = redis.template();
        epoch = new Epoch(template, event -> {});
        board = new Board(epoch, new SimpleMeterRegistry());
        store = new BoardStore(template, new JsonMapper(), properties);
        loader = new BoardLoader(board, store, new StreamHistory(template.getRequiredConnectionFactory(), ""), epoch);
    }

    /** Loads an empty board at a position, whatever Redis has. */
    BoardUnderTest empty(String epochText, StreamId at, BoardProperties properties) {
        board.restart(at);
        board.install(Objects.requireNonNull(board.task()), epochText, new BoardState(properties, at));
        return this;
    }

    /** Puts an event into the stream. */
    void publish(long millis, String name, String json) {
        put(millis, Map.of("payload", json.replace('\'', '"'), "headers", "{\"event\":\"" + name + "\"}"));
    }

    void publishCanary(long millis) {
        put(millis, Map.of("payload", "1", "headers", "{\"event\":\"canary\",\"instance\":\"here\"}"));
    }

    private void put(long millis, Map<String, String> fields) {
        redis.template()
                .opsForStream()
                .add(MapRecord.create(StreamHeaders.EVENTS_DESTINATION, fields)
                        .withId(RecordId.of(Events.id(millis).toString())));
    }

    void trim(int keep) {
        redis.template().opsForStream().trim(StreamHeaders.EVENTS_DESTINATION, keep);
    }

    /** The instance reads an event. */
    void read(long millis, String name, String json) {
        StreamedEvent event = Events.event(millis, name, json);
        board.append(event.at(Events.id(millis)), event.members());
    }

    /** What the board has, in an order that does not depend on how it came about. */
    List<Entry> entries() {
        return Objects.requireNonNull(board.everything()).entries().stream()
                .sorted(Comparator.comparing((Entry entry) -> Kind.of(entry)).thenComparing(Entry::key))
                .toList();
    }

    StreamId position() {
        return Objects.requireNonNull(board.everything()).to();
    }
}
