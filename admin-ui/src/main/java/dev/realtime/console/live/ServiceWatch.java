package dev.realtime.console.live;

import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.HealthReport;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.InstanceReport;
import dev.realtime.contracts.admin.Instances;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Polls the state of the service on behalf of all open pages: health and totals every 2 s, the instances every 6 s. */
@Component
public final class ServiceWatch extends Beat {

    private static final Logger log = LoggerFactory.getLogger(ServiceWatch.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int INSTANCES_EVERY = 3;
    private static final ConsoleUser CONSOLE = new ConsoleUser("console", AdminRole.VIEWER);

    private final AdminApi api;
    private final Series sockets = new Series();
    private final Series latencyP50 = new Series();
    private final Series latencyP99 = new Series();
    private volatile ServiceState state = ServiceState.UNKNOWN;
    private long beats;

    ServiceWatch(AdminApi api) {
        super("service-watch", PAUSE);
        this.api = api;
    }

    public ServiceState state() {
        return state;
    }

    /** The number of sockets over time. */
    public Series sockets() {
        return sockets;
    }

    /** The median latency of the slowest instance, in milliseconds. */
    public Series latencyP50() {
        return latencyP50;
    }

    /** The 99th percentile of the latency of the slowest instance, in milliseconds. */
    public Series latencyP99() {
        return latencyP99;
    }

    @Override
    void beat() {
        Instant now = Instant.now();
        try {
            HealthReport health = api.health();
            ConnectionStats totals =
                    api.connections(CONSOLE, Query.none().page(0, 1)).data();
            int rooms = api.rooms(CONSOLE, Query.none().page(0, 1)).data().total();
            if (state.isAway()) {
                log.info("The service answers again");
            }
            state = state.answered(now, health, totals, rooms);
            sockets.add(now, totals.total());
            if (beats++ % INSTANCES_EVERY == 0) {
                askInstances(now);
            }
        } catch (ServiceAwayException | RefusedException e) {
            if (!state.isAway()) {
                log.warn("The service is unavailable: {}", e.getMessage());
            }
            state = state.away(now);
            beats = 0;
        }
    }

    private void askInstances(Instant now) {
        try {
            Instances instances = api.instances(CONSOLE);
            state = state.with(instances);
            note(latencyP50, now, instances, InstanceReport::latencyP50);
            note(latencyP99, now, instances, InstanceReport::latencyP99);
        } catch (RefusedException e) {
            // Instances are asked through Redis, which is unavailable; the state already shows this.
            log.debug("The instances could not be asked", e);
        }
    }

    private interface Latency {
        @Nullable
        Double of(InstanceReport report);
    }

    private static void note(Series series, Instant now, Instances instances, Latency latency) {
        instances.instances().stream()
                .map(latency::of)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .ifPresent(slowest -> series.add(now, slowest));
    }
}
