package dev.realtime.service.cluster;

import dev.realtime.service.health.HealthProblems;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Reports when this machine's clock and Redis' clock differ by {@link #TOLERANCE} or more. What instances agree on goes
 * by Redis' clock, but the expiry of tokens and the times in answers and logs go by this machine's.
 *
 * <p>Metric: {@code realtime.clock.skew.seconds}, by how much this machine's clock is ahead; negative when it is
 * behind.
 */
@Component
public final class ClockWatch implements BeatObserver, HealthProblems {

    private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);

    static final Duration TOLERANCE = Duration.ofSeconds(2);
    private static final Duration REPEATED_AFTER = Duration.ofMinutes(1);

    private final ClusterClock clock;
    private final LongSupplier nanos;
    private volatile boolean skewed;
    private long lastSaid;

    @Autowired
    ClockWatch(ClusterClock clock, MeterRegistry metrics) {
        this(clock, metrics, System::nanoTime);
    }

    /** For tests: {@code nanos} decides how often a difference is logged. */
    ClockWatch(ClusterClock clock, MeterRegistry metrics, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        Gauge.builder("realtime.clock.skew.seconds", clock, each -> each.skew().toMillis() / 1000.0)
                .description("Seconds by which this machine's clock is ahead of Redis' clock")
                .register(metrics);
    }

    @Override
    public void onBeat(Instance self, Collection<Instance> live) {
        boolean now = clock.skew().abs().minus(clock.error()).compareTo(TOLERANCE) >= 0;
        if (now && (!skewed || nanos.getAsLong() - lastSaid >= REPEATED_AFTER.toNanos())) {
            lastSaid = nanos.getAsLong();
            log.warn(
                    "The clock of this machine is {} Redis' clock: valid tokens may be refused, and expired ones"
                            + " accepted. Synchronize both clocks, for example with NTP.",
                    difference());
        } else if (skewed && !now) {
            log.info("The clock of this machine agrees with Redis' clock again");
        }
        skewed = now;
    }

    /** One sentence while the clocks differ; empty when all is well. Never blocks. */
    @Override
    public List<String> problems() {
        return skewed ? List.of("clock_skew: this instance's clock is " + difference() + " Redis' clock") : List.of();
    }

    private String difference() {
        Duration skew = clock.skew();
        return String.format(
                Locale.ROOT, "%.1f s %s", skew.abs().toMillis() / 1000.0, skew.isNegative() ? "behind" : "ahead of");
    }
}
