package dev.realtime.service.backplane;

import dev.realtime.service.backplane.OutgoingEvent.IdempotenceKey;
import dev.realtime.service.heartbeat.Pace;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what every instance may tell and what must be told once, no faster than allowed. What was told is on its way
 * for two seconds, in which this instance may leave it alone, since it will read it from the stream by then. For one
 * thread.
 */
public final class Teller {

    private static final long ON_ITS_WAY = TimeUnit.SECONDS.toNanos(2);

    private final String scope;
    private final @Nullable Duration remembered;
    private final EventPublisher events;
    private final Counter told;
    private final LongSupplier nanos;
    private final Pace pace;
    /** When it was published, by key. At most the pace of two seconds. */
    private final Map<String, Long> onTheirWay = new HashMap<>();

    /**
     * @param scope where keys are unique
     * @param remembered how long a key keeps something from being told again; null for as long as for announcements
     * @param told counts what this instance told first
     * @param nanos a clock in nanoseconds
     */
    public Teller(
            String scope,
            @Nullable Duration remembered,
            int perSecond,
            EventPublisher events,
            Counter told,
            LongSupplier nanos) {
        this.scope = scope;
        this.remembered = remembered;
        this.events = events;
        this.told = told;
        this.nanos = nanos;
        this.pace = new Pace(perSecond, nanos);
    }

    /** How many may be told now. */
    public int allowed() {
        return pace.allowed();
    }

    public boolean isOnItsWay(String key) {
        Long at = onTheirWay.get(key);
        return at != null && nanos.getAsLong() - at < ON_ITS_WAY;
    }

    /**
     * Tells something once, however many instances do.
     *
     * @param key names it; the same on every instance
     * @throws BackplaneUnavailableException when Redis does not take it
     */
    public PublishedEvent tell(String key, OutgoingEvent event) {
        long now = nanos.getAsLong();
        onTheirWay.values().removeIf(at -> now - at >= ON_ITS_WAY);
        onTheirWay.put(key, now);
        pace.take();
        try {
            // What it says may differ between instances, as the world goes on: the key alone says what is told.
            PublishedEvent published = events.publish(event.under(new IdempotenceKey(scope, key, "", remembered)));
            if (!published.repeated()) {
                told.increment();
            }
            return published;
        } catch (BackplaneUnavailableException e) {
            onTheirWay.remove(key);
            throw e;
        }
    }
}
