package dev.realtime.service.board;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.PublishedEvent;
import dev.realtime.service.backplane.StreamedEvent;
import dev.realtime.service.position.Epoch;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Boards over one stream in memory, whose time stands until it is moved; for the tests of other packages too. */
public final class TestBoard implements EventPublisher {

    /** What the gateway itself has told, in the order of the stream. */
    public final List<OutgoingEvent> told = new ArrayList<>();

    private final List<Board> boards = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private long now = Instant.parse("2026-11-30T08:00:00Z").toEpochMilli();
    private StreamId head = new StreamId(now, 0);

    /** Another instance's board, empty and loaded at the head of the stream. */
    public Board board() {
        Board board = unready();
        load(board);
        return board;
    }

    /** Another instance's board, which has to be loaded. */
    public Board unready() {
        Board board = new Board(new Epoch(new StringRedisTemplate(), event -> {}), new SimpleMeterRegistry());
        board.restart(head);
        boards.add(board);
        return board;
    }

    /** Loads an empty board, and has it fold what came since it was restarted. */
    public static void load(Board board) {
        Board.Task task = Objects.requireNonNull(board.task());
        board.install(task, "abcdef", new BoardState(Events.DEFAULTS, task.after()));
    }

    /** The stream's time, in milliseconds since 1970. */
    public long millis() {
        return now;
    }

    public void pass(Duration time) {
        now += time.toMillis();
    }

    /** An event comes, and all boards that are there read it. */
    public void event(BroadcastEvent event, String json) {
        head = head.millis() == now ? new StreamId(now, head.sequence() + 1) : new StreamId(now, 0);
        StreamedEvent read = Events.event(now, event.wireName(), json, Room.DIRECTORS.toString());
        boards.forEach(board -> board.append(read.at(head), read.members()));
    }

    public void call(BroadcastEvent event, Object id, String status) {
        event(event, "{\"id\":\"" + id + "\",\"status\":\"" + status + "\",\"operatorId\":17}");
    }

    public void presence(BroadcastEvent event, int userId, String role) {
        event(event, "{\"userId\":" + userId + ",\"name\":\"Nina\",\"role\":\"" + role + "\"}");
    }

    /** Publishes as the stream does: what has the same key is there once. */
    @Override
    public PublishedEvent publish(OutgoingEvent event) {
        OutgoingEvent.IdempotenceKey key = Objects.requireNonNull(event.key());
        boolean fresh = keys.add(key.scope() + ":" + key.key());
        if (fresh) {
            told.add(event);
            event(event.event(), new String(event.payload(), StandardCharsets.UTF_8));
        }
        return new PublishedEvent(head.toString(), !fresh);
    }

    /** The idempotence keys are forgotten, as they are after some minutes. */
    public void forgetKeys() {
        keys.clear();
    }

    /** The payloads of what was told. */
    public List<String> payloads() {
        return told.stream()
                .map(event -> new String(event.payload(), StandardCharsets.UTF_8))
                .toList();
    }
}
