package dev.realtime.stream.binder.redis.metrics;

import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Meters under {@value #PREFIX}, tagged with binding, stream and group (empty for anonymous consumers). */
public final class MicrometerStreamMetrics implements StreamMetrics {

    /** The prefix of all meter names. */
    public static final String PREFIX = "spring.cloud.stream.redis.";

    private final MeterRegistry registry;
    private final Map<Tags, ReaderMeters> byTags = new HashMap<>();
    /** Found by reader, since creating the tags for every entry costs more than counting it. */
    private final Map<StreamSubscription, ReaderMeters> byReader = new ConcurrentHashMap<>();

    /** @param registry registers the meters */
    public MicrometerStreamMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public synchronized void subscribed(StreamSubscription subscription, Gauges asked) {
        ReaderMeters meters = byTags.computeIfAbsent(tags(subscription), tags -> new ReaderMeters(registry, tags));
        meters.add(subscription, asked);
        byReader.put(subscription, meters);
    }

    @Override
    public void deadLetterStream(String stream, String group, LongSupplier length) {
        Gauge.builder(PREFIX + "dead.letter.stream.length", length, LongSupplier::getAsLong)
                .description("Entries in the dead letter stream")
                .tags("stream", stream, "group", group)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public synchronized void unsubscribed(StreamSubscription subscription) {
        ReaderMeters meters = byReader.remove(subscription);
        if (meters != null && !meters.remove(subscription)) {
            byTags.remove(tags(subscription));
            meters.removeGauges(registry);
        }
    }

    @Override
    public void count(Event event, StreamSubscription subscription, long count) {
        ReaderMeters meters = byReader.get(subscription);
        if (meters == null) {
            registry.counter(PREFIX + event.meter(), tags(subscription)).increment(count);
        } else {
            meters.count(event, count);
        }
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
