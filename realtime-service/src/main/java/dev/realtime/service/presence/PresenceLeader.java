package dev.realtime.service.presence;

import dev.realtime.service.cluster.LeaderLease;
import dev.realtime.service.heartbeat.Beating;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What one instance does for all: announcing users, and looking for dead instances once a second. It asks Redis for
 * users to announce every 100 ms while users wait or a batch has just arrived, and once a second otherwise.
 */
@Component
final class PresenceLeader extends Beating {

    private static final Logger log = LoggerFactory.getLogger(PresenceLeader.class);

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration OTHERWISE = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final LeaderLease lease;
    private final Announcer announcer;
    private final Reaper reaper;
    private long reaped = System.nanoTime();
    private volatile boolean leads;

    PresenceLeader(LeaderLease lease, Announcer announcer, Reaper reaper) {
        super("presence-leader");
        this.lease = lease;
        this.announcer = announcer;
        this.reaper = reaper;
    }

    @Override
    protected Duration beat() {
        try {
            leads = lease.hold();
            if (!leads) {
                announcer.rest();
                return OTHERWISE;
            }
            boolean anybodyWaits = announcer.announce();
            // The time since the last look is a second less what that look took, hence the slack of one interval.
            if (System.nanoTime() - reaped >= OTHERWISE.minus(INTERVAL).toNanos()) {
                reaper.reap();
                reaped = System.nanoTime();
            }
            return anybodyWaits || isLively() ? INTERVAL : OTHERWISE;
        } catch (RuntimeException e) {
            log.debug("Users could not be announced; trying again", e);
            return OTHERWISE;
        }
    }

    /** A socket of the cluster came, changed or left. Its user reaches Redis after the batch that says so. */
    void onChange() {
        if (leads) {
            stir();
        }
    }

    /** Ends before this instance's own farewell, so that another leader announces its users. */
    @Override
    public int getPhase() {
        return 1;
    }

    @Override
    public void stop() {
        stop(FAREWELL);
        farewell(FAREWELL, lease::release);
    }
}
