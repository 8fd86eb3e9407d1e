package dev.realtime.contracts;

import java.util.List;

/**
 * The answer of {@code GET /health}.
 *
 * @param status {@code ok}, or {@code degraded} while events can neither come nor go, or there are problems
 * @param redis how Redis is
 * @param problems sentences about what somebody has to mend; none when all is well
 * @param sockets how many sockets with an identity this instance serves
 * @param uptime seconds since this instance started
 * @param version the service's version
 */
public record HealthReport(
        String status, Redis redis, List<String> problems, int sockets, long uptime, String version) {

    /**
     * How Redis is.
     *
     * @param status {@code up} or {@code down}
     */
    public record Redis(String status) {}
}
