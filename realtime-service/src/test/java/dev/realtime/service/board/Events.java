package dev.realtime.service.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.backplane.StreamedEvent;
import dev.realtime.service.payload.InvalidPayloadException;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Events as the stream brings them. */
final class Events {

    static final BoardProperties DEFAULTS = properties(100_000);

    private Events() {}

    static BoardProperties properties(int maxEntries) {
        return new BoardProperties(
                List.of("answered", "In_Progress"),
                List.of("missed", "busy"),
                List.of("done", "Готово"),
                Duration.ofHours(4),
                Duration.ofDays(7),
                Duration.ofHours(24),
                maxEntries);
    }

    static StreamId id(long millis) {
        return new StreamId(millis, 0);
    }

    /** An event at a time, to the rooms named or else to its default rooms. */
    static StreamedEvent event(long millis, String name, String json, String... rooms) {
        Map<String, Object> headers = rooms.length == 0
                ? Map.of(StreamHeaders.EVENT, name)
                : Map.of(StreamHeaders.EVENT, name, StreamHeaders.ROOMS, List.of(rooms));
        try {
            return StreamedEvent.of(headers, json.replace('\'', '"').getBytes(UTF_8), id(millis));
        } catch (InvalidPayloadException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** The same as the board reads it. */
    static Change change(long millis, String name, String json, String... rooms) {
        StreamedEvent event = event(millis, name, json, rooms);
        return new Change(event.event(), event.members(), event.rooms(), id(millis));
    }
}
