package dev.realtime.service.ops;

import dev.realtime.contracts.HealthReport;
import dev.realtime.service.fanout.RoomIndex;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /health}: always 200 while the service can answer at all, from what is known already. Without Redis no event
 * comes or goes, but the sockets stay, and on another instance it would be the same.
 */
@RestController
class HealthController {

    private final InstanceHealth instance;
    private final RoomIndex rooms;
    private final String version;

    HealthController(InstanceHealth instance, RoomIndex rooms, ServiceVersion version) {
        this.instance = instance;
        this.rooms = rooms;
        this.version = version.toString();
    }

    @GetMapping("/health")
    ResponseEntity<HealthReport> health() {
        String redis = instance.redis();
        List<String> problems = instance.problems();
        HealthReport report = new HealthReport(
                redis.equals("up") && problems.isEmpty() ? "ok" : "degraded",
                new HealthReport.Redis(redis),
                problems,
                rooms.size(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
                version);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(report);
    }
}
