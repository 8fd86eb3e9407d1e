package dev.realtime.stream.binder.redis.metrics;

import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Meters under {@value #PREFIX}, tagged with binding, stream and group (empty for anonymous consumers). */
public final class MicrometerStreamMetrics implements StreamMetrics {

    /** The prefix of all meter names. */
    public static final String PREFIX = "spring.cloud.stream.redis.";

    private final MeterRegistry registry;
    private final Map<StreamSubscription, List<Meter>> gauges = new ConcurrentHashMap<>();
    /** Cached, since creating the tags for every entry costs more than counting it. */
    private final Map<StreamSubscription, Map<Event, Counter>> counters = new ConcurrentHashMap<>();

    /** @param registry registers the meters */
    public MicrometerStreamMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void subscribed(StreamSubscription subscription, Gauges asked) {
        Tags tags = tags(subscription);
        gauges.put(
                subscription,
                List.of(
                        Gauge.builder(PREFIX + "lag", asked, Gauges::lag)
                                .description("Entries not read yet")
                                .tags(tags)
                                .register(registry),
                        Gauge.builder(PREFIX + "pending", asked, Gauges::pending)
                                .description("Entries read but not acknowledged")
                                .tags(tags)
                                .register(registry),
                        Gauge.builder(
                                        PREFIX + "last.poll.age",
                                        subscription,
                                        it -> it.sinceLastPoll().toMillis() / 1000.0)
                                .description("Time since Redis last answered a read")
                                .baseUnit(TimeUnit.SECONDS.name().toLowerCase(Locale.ROOT))
                                .tags(tags)
                                .register(registry)));
        // Registered at the start, so that the first increment shows as an increase.
        Map<Event, Counter> mine = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            mine.put(event, counter(event, tags));
        }
        counters.put(subscription, mine);
    }

    @Override
    public void unsubscribed(StreamSubscription subscription) {
        counters.remove(subscription);
        List<Meter> mine = gauges.remove(subscription);
        if (mine != null) {
            mine.forEach(registry::remove);
        }
    }

    @Override
    public void count(Event event, StreamSubscription subscription, long count) {
        Map<Event, Counter> mine = counters.get(subscription);
        Counter counter = mine == null ? null : mine.get(event);
        (counter == null ? counter(event, tags(subscription)) : counter).increment(count);
    }

    private Counter counter(Event event, Tags tags) {
        return registry.counter(PREFIX + event.meter(), tags);
    }

    private static Tags tags(StreamSubscription subscription) {
        String group = subscription.group();
        return Tags.of(
                "binding",
                subscription.bindingName(),
                "stream",
                subscription.stream(),
                "group",
                group == null ? "" : group);
    }
}
