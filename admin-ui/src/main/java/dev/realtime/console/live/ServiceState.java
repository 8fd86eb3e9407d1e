package dev.realtime.console.live;

import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.HealthReport;
import dev.realtime.contracts.admin.Instances;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last known state of the service. Stays while the service does not answer; {@code awaySince} then tells its age.
 *
 * @param asOf when the service last answered; null if it never has
 * @param awaySince since when the service has not answered; null while it does
 * @param redisAwaySince since when Redis has been unavailable for the service; null while it is available
 * @param health the health of the instance that answered
 * @param connections the totals of the cluster
 * @param rooms number of rooms with members
 * @param instances the state of the instances
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
