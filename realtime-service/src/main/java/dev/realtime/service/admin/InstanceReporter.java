package dev.realtime.service.admin;

import dev.realtime.contracts.admin.InstanceReport;
import dev.realtime.service.backplane.EventLatency;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.ops.InstanceHealth;
import dev.realtime.service.ops.ServiceVersion;
import dev.realtime.socketio.engine.session.EngineSessions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reports the state of this instance. */
@Component
final class InstanceReporter {

    private final String self;
    private final EngineSessions sessions;
    private final RoomIndex rooms;
    private final MeterRegistry metrics;
    private final EventLatency latency;
    private final InstanceHealth health;
    private final String version;

    InstanceReporter(
            InstanceName self,
            EngineSessions sessions,
            RoomIndex rooms,
            MeterRegistry metrics,
            EventLatency latency,
            InstanceHealth health,
            ServiceVersion version) {
        this.self = self.value();
        this.sessions = sessions;
        this.rooms = rooms;
        this.metrics = metrics;
        this.latency = latency;
        this.health = health;
        this.version = version.toString();
    }

    InstanceReport report() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        Gauge lag = metrics.find("spring.cloud.stream.redis.lag")
                .tag("binding", "events-in")
                .gauge();
        Counter deliveries = metrics.find("realtime.fanout.deliveries").counter();
        return new InstanceReport(
                self,
                version,
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
                rooms.size(),
                sessions.size(),
                heap.getUsed(),
                heap.getMax(),
                lag == null ? 0 : whole(lag.value()),
                deliveries == null ? 0 : whole(deliveries.count()),
                latency.events(),
                orAbsent(latency.percentile(50)),
                orAbsent(latency.percentile(99)),
                health.redis(),
                health.problems());
    }

    private static @Nullable Double orAbsent(OptionalDouble value) {
        return value.isEmpty() ? null : value.getAsDouble();
    }

    private static long whole(double value) {
        return Double.isNaN(value) ? 0 : (long) value;
    }
}
