package dev.realtime.contracts;

import java.util.List;

/**
 * The answer of {@code GET /health}.
 *
 * @param status {@code ok}, or {@code degraded} while events cannot pass or there are problems
 * @param redis the state of Redis
 * @param problems one sentence per problem that an operator has to fix; empty if there are none
 * @param sockets number of sockets with an identity on this instance
 * @param uptime seconds since this instance started
 * @param version the service's version
 */
public record HealthReport(
        String status, Redis redis, List<String> problems, int sockets, long uptime, String version) {

    /**
     * The state of Redis.
     *
     * @param status {@code up} or {@code down}
     */
    public record Redis(String status) {}
}
