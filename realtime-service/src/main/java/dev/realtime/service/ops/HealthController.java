package dev.realtime.service.ops;

import dev.realtime.contracts.HealthReport;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /health}: always 200 while the service can answer. Without Redis no events flow, but the sockets stay
 * open, and another instance would be no better. Answers the requests that {@link ProbeAnswers} passes on.
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
