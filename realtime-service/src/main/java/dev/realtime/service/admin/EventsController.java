package dev.realtime.service.admin;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.contracts.admin.EventView;
import dev.realtime.contracts.admin.Slice;
import dev.realtime.service.admin.Audited.Action;
import dev.realtime.service.admin.Audited.Outcome;
import dev.realtime.service.backplane.StreamedEvent;
import dev.realtime.service.canary.CanaryReader;
import dev.realtime.service.deliveries.DeliveryLog;
import dev.realtime.service.payload.InvalidPayloadException;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.StreamHistory.Page;
import dev.realtime.stream.binder.redis.StreamId;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** The events that are still in the stream, and how many sockets each was written to. */
@RestController
@RequestMapping("/api/v1/admin/events")
class EventsController {

    private static final int USUAL = 50;
    private static final int MOST = 500;

    private final StreamHistory history;
    private final DeliveryLog deliveries;
    private final Audited audited;
    private final AdminReads reads;
    private final OperatorNames operators;
    private final JsonMapper json;

    EventsController(
            StreamHistory history,
            DeliveryLog deliveries,
            Audited audited,
            AdminReads reads,
            OperatorNames operators,
            JsonMapper json) {
        this.history = history;
        this.deliveries = deliveries;
        this.audited = audited;
        this.reads = reads;
        this.operators = operators;
        this.json = json;
    }

    /**
     * Returns the newest events before a place, newest first; with {@code after}, only events after that place. Both
     * the answer and the search for it are bounded in bytes: an answer may hold fewer events than requested, or none,
     * and then {@code before} says where to continue, and {@code searchedTo} how far the search has come.
     *
     * @param parameters those of {@link EventFilter}
     */
    @GetMapping
    Slice<EventView> events(
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer count,
            @RequestParam MultiValueMap<String, String> parameters) {
        int most = Inputs.count(count, USUAL, MOST);
        String from = Inputs.place("before", before);
        String end = Inputs.place("after", after);
        EventFilter filter = EventFilter.of(parameters, operators);
        Limits limits = new Limits(most, AdminReads.BYTES, AdminReads.SCANNED_BYTES);
        return reads.read(() -> slice(
                history.before(
                        StreamHeaders.EVENTS_DESTINATION,
                        from,
                        end,
                        limits,
                        entry -> !CanaryReader.isCanary(entry.headers()) && filter.test(entry)),
                end));
    }

    /** Returns one event, masked. */
    @GetMapping("/{id}")
    EventView event(@PathVariable String id) {
        String place = Inputs.place("id", id);
        return reads.read(() -> view(find(place), true));
    }

    /** Returns one event as it was sent, phone numbers included. The audit records every look at it. */
    @GetMapping("/{id}/revealed")
    EventView revealed(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            HttpServletRequest request) {
        String place = Inputs.place("id", id);
        StreamHistory.Entry entry = reads.read(() -> find(place));
        Action action = new Action(
                "reveal-event", entry.id(), Inputs.optionalReason(reason), Map.of("event", EventFilter.name(entry)));
        return audited.perform(request, action, unused -> new Outcome<>(view(entry, false), Map.of()));
    }

    private StreamHistory.Entry find(@Nullable String place) {
        Optional<StreamHistory.Entry> found =
                place == null ? Optional.empty() : history.find(StreamHeaders.EVENTS_DESTINATION, place);
        return found.filter(entry -> !CanaryReader.isCanary(entry.headers()))
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.NOT_FOUND, "There is no such event in the stream; it may have been trimmed."));
    }

    private Slice<EventView> slice(Page page, @Nullable String end) {
        Map<String, Map<String, Integer>> written = deliveries.of(
                page.entries().stream().map(StreamHistory.Entry::id).toList());
        List<EventView> views = page.entries().stream()
                .map(entry -> view(entry, true, written.getOrDefault(entry.id(), Map.of())))
                .toList();
        String searchedTo = page.next() == null ? end : page.next();
        return new Slice<>(
                views,
                page.next(),
                searchedTo == null ? null : time(searchedTo),
                page.next() == null ? null : oldest(end),
                page.next() == null);
    }

    /** The time down to which there is anything to search. */
    private @Nullable Instant oldest(@Nullable String end) {
        Instant first = history.after(StreamHeaders.EVENTS_DESTINATION, null, Limits.of(1, 1)).entries().stream()
                .findFirst()
                .map(entry -> time(entry.id()))
                .orElse(null);
        return end == null || first != null && first.isAfter(time(end)) ? first : time(end);
    }

    private static Instant time(String id) {
        return Instant.ofEpochMilli(StreamId.parse(id).millis());
    }

    private EventView view(StreamHistory.Entry entry, boolean masked) {
        return view(entry, masked, deliveries.of(List.of(entry.id())).getOrDefault(entry.id(), Map.of()));
    }

    private EventView view(StreamHistory.Entry entry, boolean masked, Map<String, Integer> written) {
        Instant at = time(entry.id());
        return new EventView(
                entry.id(),
                at,
                EventFilter.name(entry),
                EventFilter.rooms(entry),
                to(entry),
                payload(entry, masked),
                written,
                entry.headers().get(StreamHeaders.SERVICE) instanceof String service ? service : null);
    }

    /** The rooms of the event, as every instance resolved them when it read the event. */
    private static List<String> to(StreamHistory.Entry entry) {
        try {
            return StreamedEvent.of(entry.headers(), entry.payload(), StreamId.parse(entry.id())).rooms().stream()
                    .map(Room::toString)
                    .toList();
        } catch (InvalidPayloadException | InvalidRoomException e) {
            return List.of();
        }
    }

    /** The bytes that were sent, except for masked texts, so numbers keep their digits. */
    private RawValue payload(StreamHistory.Entry entry, boolean masked) {
        byte[] payload = entry.payload();
        try {
            json.readTree(payload);
        } catch (JacksonException e) {
            return new RawValue("\"not JSON\"");
        }
        return new RawValue(new String(masked ? PhoneMask.mask(payload) : payload, StandardCharsets.UTF_8));
    }
}
