package dev.realtime.service.ops;

import dev.realtime.contracts.HealthReport;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /health}: always 200 while the service can answer at all. Without Redis no event comes or goes, but the
 * sockets stay, and on another instance it would be the same. Answers the requests that {@link ProbeAnswers} leaves.
 */
@RestController
class HealthController {

    private final HealthReports reports;

    HealthController(HealthReports reports) {
        this.reports = reports;
    }

    @GetMapping("/health")
    ResponseEntity<HealthReport> health() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(reports.now());
    }
}
