package dev.realtime.service.ops;

import dev.realtime.contracts.HealthReport;
import dev.realtime.service.fanout.RoomIndex;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.springframework.stereotype.Component;

/** What {@code /health} reports, from memory: never waits. */
@Component
final class HealthReports {

    private final InstanceHealth instance;
    private final RoomIndex rooms;
    private final String version;

    HealthReports(InstanceHealth instance, RoomIndex rooms, ServiceVersion version) {
        this.instance = instance;
        this.rooms = rooms;
        this.version = version.toString();
    }

    HealthReport now() {
        String redis = instance.redis();
        List<String> problems = instance.problems();
        return new HealthReport(
                redis.equals("up") && problems.isEmpty() ? "ok" : "degraded",
                new HealthReport.Redis(redis),
                problems,
                rooms.size(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
                version);
    }
}
