package dev.realtime.service.drain;

import dev.realtime.service.cluster.Instance;
import dev.realtime.service.cluster.InstanceRegistry;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells whether another live instance takes traffic. Each instance announces its own readiness as the attribute {@value
 * #ATTRIBUTE}: an instance that is starting, draining or deaf takes none. Never blocks; while Redis is unavailable the last
 * view stays.
 */
@Component
final class Successors {

    /** {@value #TAKEN} or {@value #REFUSED}. */
    static final String ATTRIBUTE = "traffic";

    private static final String TAKEN = "taken";
    private static final String REFUSED = "refused";

    private final InstanceRegistry instances;

    Successors(InstanceRegistry instances) {
        this.instances = instances;
        // The instance is in the register before its port is open.
        instances.announce(ATTRIBUTE, REFUSED);
    }

    @EventListener
    void onReadiness(AvailabilityChangeEvent<ReadinessState> change) {
        instances.announceNow(ATTRIBUTE, change.getState() == ReadinessState.ACCEPTING_TRAFFIC ? TAKEN : REFUSED);
    }

    /** Whether another instance takes traffic. */
    boolean any() {
        return instances.allOthers().stream().anyMatch(Successors::takesTraffic);
    }

    /**
     * An instance that does not announce the attribute, such as one of another protocol version, counts as taking
     * traffic.
     */
    private static boolean takesTraffic(Instance other) {
        return (other.trusted() || other.isForeign())
                && other.attribute(ATTRIBUTE).filter(REFUSED::equals).isEmpty();
    }
}
