package dev.realtime.console.live;

import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.HealthReport;
import dev.realtime.contracts.admin.Instances;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the service. What was known last stays when nothing new comes, and {@code awaySince} says how old it is.
 *
 * @param asOf when the service answered last; null when it never has
 * @param awaySince since when it does not answer; null while it does
 * @param redisAwaySince since when Redis is away, as the service says; null while it is there
 * @param health how the instance is that answered
 * @param connections the totals of the cluster
 * @param rooms how many rooms have somebody in them
 * @param instances how the instances are
 */
public record ServiceState(
        @Nullable Instant asOf,
        @Nullable Instant awaySince,
        @Nullable Instant redisAwaySince,
        @Nullable HealthReport health,
        @Nullable ConnectionStats connections,
        int rooms,
        @Nullable Instances instances) {

    static final ServiceState UNKNOWN = new ServiceState(null, null, null, null, null, 0, null);

    public boolean isAway() {
        return awaySince != null;
    }

    public boolean isRedisAway() {
        return redisAwaySince != null;
    }

    ServiceState away(Instant now) {
        return new ServiceState(
                asOf, awaySince == null ? now : awaySince, redisAwaySince, health, connections, rooms, instances);
    }

    ServiceState answered(Instant now, HealthReport report, ConnectionStats totals, int roomCount) {
        boolean redisUp = "up".equals(report.redis().status());
        Instant since = redisAwaySince == null ? now : redisAwaySince;
        return new ServiceState(now, null, redisUp ? null : since, report, totals, roomCount, instances);
    }

    ServiceState with(@Nullable Instances fresh) {
        return new ServiceState(asOf, awaySince, redisAwaySince, health, connections, rooms, fresh);
    }
}
