package dev.realtime.service.board.announce;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.OutgoingEvent.IdempotenceKey;
import dev.realtime.service.heartbeat.Pace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes one kind of event, no faster than allowed. What was published stands on the board as soon as this instance
 * has read it; until then it is on its way, and not published again for two seconds. For one thread.
 */
final class Teller {

    private static final long ON_ITS_WAY = TimeUnit.SECONDS.toNanos(2);

    private final BroadcastEvent event;
    private final String scope;
    private final EventPublisher events;
    private final JsonMapper json;
    private final LongSupplier nanos;
    private final Pace pace;
    private final Counter told;
    /** When it was published, by key. At most the pace of two seconds. */
    private final Map<String, Long> onTheirWay = new HashMap<>();

    Teller(
            BroadcastEvent event,
            String scope,
            int perSecond,
            EventPublisher events,
            JsonMapper json,
            MeterRegistry meters,
            LongSupplier nanos) {
        this.event = event;
        this.scope = scope;
        this.events = events;
        this.json = json;
        this.nanos = nanos;
        this.pace = new Pace(perSecond, nanos);
        this.told = Counter.builder("realtime.board.announced")
                .tag("event", event.wireName())
                .description("What this instance told about the live board")
                .register(meters);
    }

    /** How many may be told now. */
    int allowed() {
        return pace.allowed();
    }

    boolean isOnItsWay(String key) {
        Long at = onTheirWay.get(key);
        return at != null && nanos.getAsLong() - at < ON_ITS_WAY;
    }

    /**
     * Tells something once, however many instances do.
     *
     * @param key names it; the same on every instance
     * @throws BackplaneUnavailableException when Redis does not take it
     */
    void tell(String key, List<Room> rooms, Object payload) {
        long now = nanos.getAsLong();
        onTheirWay.values().removeIf(at -> now - at >= ON_ITS_WAY);
        onTheirWay.put(key, now);
        pace.take();
        try {
            // The payload may differ in what the call has become meanwhile: the key alone says what is told.
            IdempotenceKey once = new IdempotenceKey(scope, key, "");
            if (!events.publish(new OutgoingEvent(event, rooms, json.writeValueAsBytes(payload), once))
                    .repeated()) {
                told.increment();
            }
        } catch (BackplaneUnavailableException e) {
            onTheirWay.remove(key);
            throw e;
        }
    }
}
