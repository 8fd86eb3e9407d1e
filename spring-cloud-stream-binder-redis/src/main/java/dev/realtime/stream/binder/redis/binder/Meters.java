package dev.realtime.stream.binder.redis.binder;

import dev.realtime.stream.binder.redis.consumer.StreamMetrics;
import dev.realtime.stream.binder.redis.metrics.MicrometerStreamMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** Keeps Micrometer, which is optional, out of the binder's own class. */
final class Meters {

    static final boolean PRESENT =
            ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry", Meters.class.getClassLoader());

    private Meters() {}

    static StreamMetrics of(ApplicationContext context) {
        MeterRegistry registry = context.getBeanProvider(MeterRegistry.class).getIfUnique();
        return registry == null ? StreamMetrics.NONE : new MicrometerStreamMetrics(registry);
    }
}
