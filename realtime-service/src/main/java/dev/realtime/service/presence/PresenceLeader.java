package dev.realtime.service.presence;

import dev.realtime.service.cluster.LeaderLease;
import dev.realtime.service.heartbeat.Beating;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What one instance does for all: telling who came and went, and looking for the dead once a second. It asks Redis whom to
 * tell of every 100 ms while anybody waits or has just changed, which the channel tells, and once a second otherwise.
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
            // Beats are a second apart, less what the last one took.
            if (System.nanoTime() - reaped >= OTHERWISE.minus(INTERVAL).toNanos()) {
                reaper.reap();
                reaped = System.nanoTime();
            }
            return anybodyWaits || isLively() ? INTERVAL : OTHERWISE;
        } catch (RuntimeException e) {
            log.debug("Nothing was told of who came and went; it will be", e);
            return OTHERWISE;
        }
    }

    /** A socket came, went or is another now, somewhere. Its user is put into Redis after it was told of. */
    void onChange() {
        if (leads) {
            stir();
        }
    }

    /** Ends before this instance's own farewell: another one tells of its users. */
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
