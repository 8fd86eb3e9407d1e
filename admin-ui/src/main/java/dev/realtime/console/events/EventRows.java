package dev.realtime.console.events;

import com.vaadin.flow.component.Component;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.EventFacts;
import dev.realtime.console.live.FeedEvent;
import dev.realtime.console.parts.EventWords;
import dev.realtime.console.parts.LightTable.Cell;
import dev.realtime.console.parts.LightTable.Column;
import dev.realtime.console.parts.LightTable.Piece;
import dev.realtime.console.parts.LightTable.Row;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.admin.EventView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Converts events to rows of a table. */
final class EventRows {

    private static final int MOST_ROOMS = 4;

    private EventRows() {}

    static List<Column> columns(Component of) {
        return List.of(
                new Column(of.getTranslation("events.time"), "event-time"),
                new Column(of.getTranslation("events.event"), "event-name"),
                new Column(of.getTranslation("events.subject"), "event-subject"),
                new Column(of.getTranslation("events.facts"), "event-facts"),
                new Column(of.getTranslation("events.rooms"), "event-rooms wide"),
                new Column(of.getTranslation("events.size"), "number widest"));
    }

    static Row row(Component of, FeedEvent event, Times times, Locale locale) {
        return row(
                of,
                event.id(),
                times.exact(event.at()),
                event.event(),
                event.subject(),
                facts(event.facts()),
                event.to().stream().map(Object::toString).toList(),
                Sizes.bytes(event.bytes(), locale));
    }

    static Row row(Component of, EventView event, Times times, Locale locale) {
        return row(
                of,
                event.id(),
                exact(event.at(), times),
                event.event(),
                subject(event),
                facts(EventFacts.of(field -> text(event, field))),
                event.to(),
                Sizes.bytes(bytes(event), locale));
    }

    /** The exact time, with the day unless it is today. */
    static String exact(Instant at, Times times) {
        String brief = times.brief(at);
        int clock = brief.lastIndexOf(' ') + 1;
        return brief.substring(0, clock) + times.exact(at);
    }

    private static Row row(
            Component of,
            String id,
            String time,
            String event,
            String subject,
            Cell facts,
            List<String> rooms,
            String size) {
        List<Piece> tags = new ArrayList<>();
        rooms.stream().limit(MOST_ROOMS).forEach(room -> {
            int colon = room.indexOf(':');
            tags.add(new Piece(
                    RoomWords.of(of, room), "room-tag room-" + (colon < 0 ? room : room.substring(0, colon)), room));
        });
        if (rooms.size() > MOST_ROOMS) {
            tags.add(new Piece("+" + (rooms.size() - MOST_ROOMS), "room-rest"));
        }
        int colon = event.indexOf(':');
        Piece name = new Piece(
                EventWords.of(of, event), "event-tag event-" + (colon < 0 ? event : event.substring(0, colon)), event);
        return new Row(
                id,
                List.of(
                        Cell.of(time),
                        new Cell(List.of(name), ""),
                        Cell.of(subject),
                        facts,
                        new Cell(tags, ""),
                        Cell.of(size)));
    }

    /** Number, operator, city, status and duration, as far as the event has them. */
    private static Cell facts(EventFacts facts) {
        List<Piece> pieces = new ArrayList<>();
        add(pieces, facts.number(), "event-number", "");
        add(pieces, facts.operator().isEmpty() ? "" : RoomWords.person(facts.operator()), "", facts.operator());
        add(pieces, facts.city(), "", "");
        add(pieces, facts.status(), "quiet", "");
        add(pieces, facts.seconds() == 0 ? "" : Times.span(Duration.ofSeconds(facts.seconds())), "quiet", "");
        return new Cell(pieces, "");
    }

    private static void add(List<Piece> pieces, String text, String css, String title) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, css, title));
        }
    }

    private static @Nullable String text(EventView event, String field) {
        Object value = event.payload() instanceof Map<?, ?> payload ? payload.get(field) : null;
        return value instanceof String || value instanceof Number ? value.toString() : null;
    }

    /** The event's subject, as in the feed. */
    static String subject(EventView event) {
        String field = BroadcastEvent.ofWireName(event.event())
                .map(known -> known == BroadcastEvent.NOTIFICATION ? "severity" : known.requiredField())
                .orElse("");
        Object value = event.payload() instanceof Map<?, ?> payload ? payload.get(field) : null;
        return value instanceof String || value instanceof Number ? value.toString() : "";
    }

    /** The payload's length; a mask has the length of the digit it replaces. */
    private static int bytes(EventView event) {
        String json = JsonMapper.shared().writeValueAsString(event.payload());
        return json.replace('•', '0').getBytes(StandardCharsets.UTF_8).length;
    }
}
