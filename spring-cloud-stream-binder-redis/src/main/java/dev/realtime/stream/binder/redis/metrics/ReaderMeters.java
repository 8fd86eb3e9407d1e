package dev.realtime.stream.binder.redis.metrics;

import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics.Event;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics.Gauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of the readers with the same tags: the threads of one binding that read one stream. */
final class ReaderMeters {

    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final Map<Event, Counter> counters = new EnumMap<>(Event.class);
    private final List<Meter> gauges;

    private record Reader(StreamSubscription subscription, Gauges gauges) {}

    ReaderMeters(MeterRegistry registry, Tags tags) {
        // Registered at the start, so that the first increment shows as an increase.
        for (Event event : Event.values()) {
            counters.put(event, registry.counter(MicrometerStreamMetrics.PREFIX + event.meter(), tags));
        }
        this.gauges = List.of(
                gauge("lag", reader -> known(reader.gauges().lag()))
                        .description("Entries not read yet; not a number while unknown")
                        .tags(tags)
                        .register(registry),
                gauge("pending", reader -> known(reader.gauges().pending()))
                        .description("Entries read but not acknowledged")
                        .tags(tags)
                        .register(registry),
                gauge(
                                "last.poll.age",
                                reader -> reader.subscription().sinceLastPoll().toMillis() / 1000.0)
                        .description("Time since Redis last answered a read, of the reader that waits longest")
                        .baseUnit(TimeUnit.SECONDS.name().toLowerCase(Locale.ROOT))
                        .tags(tags)
                        .register(registry));
    }

    /** All readers of a stream tell the same lag, and how old the oldest poll is matters. */
    private Gauge.Builder<List<Reader>> gauge(String name, ToDoubleFunction<Reader> value) {
        return Gauge.builder(
                MicrometerStreamMetrics.PREFIX + name,
                readers,
                all -> all.stream()
                        .mapToDouble(value)
                        .filter(Double::isFinite)
                        .max()
                        .orElse(Double.NaN));
    }

    private static double known(long count) {
        return count < 0 ? Double.NaN : count;
    }

    void add(StreamSubscription subscription, Gauges asked) {
        readers.add(new Reader(subscription, asked));
    }

    /** Returns whether any reader is left. */
    boolean remove(StreamSubscription subscription) {
        readers.removeIf(reader -> reader.subscription() == subscription);
        return !readers.isEmpty();
    }

    void count(Event event, long count) {
        Objects.requireNonNull(counters.get(event)).increment(count);
    }

    /** Counters stay, since they count all that has happened. */
    void removeGauges(MeterRegistry registry) {
        gauges.forEach(registry::remove);
    }
}
