package dev.realtime.service.ops;

import dev.realtime.contracts.HealthReport;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.identity.keys.TokenKeys;
import dev.realtime.service.peersecrets.SecretAgreement;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
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

    private final RedisProbe redis;
    private final RoomIndex rooms;
    private final SecretAgreement secrets;
    private final TokenKeys keys;
    private final String version;

    HealthController(
            RedisProbe redis, RoomIndex rooms, SecretAgreement secrets, TokenKeys keys, ServiceVersion version) {
        this.redis = redis;
        this.rooms = rooms;
        this.secrets = secrets;
        this.keys = keys;
        this.version = version.toString();
    }

    @GetMapping("/health")
    ResponseEntity<HealthReport> health() {
        boolean up = redis.isUp();
        List<String> problems = Stream.concat(secrets.problems().stream(), keys.problems().stream())
                .toList();
        HealthReport report = new HealthReport(
                up && problems.isEmpty() ? "ok" : "degraded",
                new HealthReport.Redis(up ? "up" : "down"),
                problems,
                rooms.size(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
                version);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(report);
    }
}
