package dev.realtime.service.canary;

import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.Instance;
import dev.realtime.service.cluster.InstanceRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Takes a deaf instance out of the load balancer while another instance does better, and puts it back afterwards. Each
 * instance announces when the last canary that came back to it was sent. Another instance does better only if that time
 * is later than the first canary lost here. So instances that go deaf together all stay; they must never all leave at
 * once.
 *
 * <p>It must not override others who made this instance refuse traffic, such as the shutdown.
 */
@Component
class CanaryReadiness {

    private static final Logger log = LoggerFactory.getLogger(CanaryReadiness.class);

    private static final String ATTRIBUTE = "canary";

    /** By how much the instances' estimates of Redis' clock may differ. */
    private static final long CLOCKS_MILLIS = 500;

    /** How long an announcement takes to reach the other instances. */
    private static final Duration ANNOUNCED_WITHIN = Duration.ofSeconds(3);

    private final InstanceRegistry instances;
    private final ClusterClock clock;
    private final ApplicationAvailability availability;
    private final ApplicationEventPublisher events;
    private final long freshMillis;
    private volatile boolean closing;

    CanaryReadiness(
            InstanceRegistry instances,
            ClusterClock clock,
            ApplicationAvailability availability,
            ApplicationEventPublisher events,
            CanaryProperties properties) {
        this.instances = instances;
        this.clock = clock;
        this.availability = availability;
        this.events = events;
        this.freshMillis = properties
                .lostAfter()
                .plus(properties.interval().multipliedBy(2))
                .plus(ANNOUNCED_WITHIN)
                .toMillis();
    }

    @EventListener(ContextClosedEvent.class)
    void onClosed() {
        closing = true;
    }

    /**
     * Announces this instance's progress to the others, and decides whether this instance takes traffic.
     *
     * @param lastBackSentAt when the last canary that came back was sent, by Redis' clock; 0 when none did
     */
    void settle(Verdict verdict, long lastBackSentAt) {
        instances.announce(ATTRIBUTE, String.valueOf(lastBackSentAt));
        if (closing) {
            return;
        }
        boolean refuse = verdict.isDeaf() && anotherDoesBetter(verdict.sentAt());
        if (refuse && availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC) {
            log.warn("This instance is not ready: it does not deliver events, and another instance does");
            AvailabilityChangeEvent.publish(events, this, ReadinessState.REFUSING_TRAFFIC);
        } else if (!refuse && refusesByThis()) {
            log.info("This instance is ready again");
            AvailabilityChangeEvent.publish(events, this, ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    private boolean refusesByThis() {
        var last = availability.getLastChangeEvent(ReadinessState.class);
        return last != null && last.getSource() == this && last.getState() == ReadinessState.REFUSING_TRAFFIC;
    }

    private boolean anotherDoesBetter(long lostSentAt) {
        long fresh = Math.max(lostSentAt + CLOCKS_MILLIS, clock.millis() - freshMillis);
        return instances.others().stream().anyMatch(other -> lastBack(other) > fresh);
    }

    private static long lastBack(Instance other) {
        try {
            return other.attribute(ATTRIBUTE).map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
