package dev.realtime.service.continuity;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.gateway.sockets.StaggeredClose;
import dev.realtime.service.health.HealthProblems;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.EpochChanged;
import dev.realtime.service.recovery.SessionKeeper;
import dev.realtime.stream.binder.redis.StreamContinuityEvent;
import dev.realtime.stream.binder.redis.StreamGapEvent;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Reacts when this instance missed events: the stream was trimmed before the instance had read it, or Redis lost its
 * data or went back to an older state. The current sockets must not get any further event, which would move their
 * clients' offsets past the gap. Their sessions are marked as lost and their sockets closed with {@code
 * continuity_lost}, so that pages reconnect and load their data again.
 *
 * <p>Metric: {@code realtime.backplane.discontinuities} by kind: {@code gap}, {@code rollback}, or {@code epoch} when
 * another instance noticed the loss.
 */
@Component
final class ContinuityWatch implements HealthProblems {

    private static final Logger log = LoggerFactory.getLogger(ContinuityWatch.class);

    private static final String GAP = "gap";
    private static final String ROLLBACK = "rollback";
    private static final String EPOCH = "epoch";
    private static final String METER = "realtime.backplane.discontinuities";

    private final FanOut fanOut;
    private final Epoch epoch;
    private final SessionKeeper sessions;
    private final StaggeredClose sockets;
    private final ContinuityProperties properties;
    private final MeterRegistry meters;
    private volatile @Nullable Told last;

    private record Told(Instant at, String sentence) {}

    ContinuityWatch(
            FanOut fanOut,
            Epoch epoch,
            SessionKeeper sessions,
            StaggeredClose sockets,
            ContinuityProperties properties,
            MeterRegistry meters) {
        this.fanOut = fanOut;
        this.epoch = epoch;
        this.sessions = sessions;
        this.sockets = sockets;
        this.properties = properties;
        this.meters = meters;
        // Registered at the start, so that an alarm sees the first loss as an increase.
        meters.counter(METER, "kind", GAP);
        meters.counter(METER, "kind", ROLLBACK);
        meters.counter(METER, "kind", EPOCH);
    }

    /** Runs on the thread that reads the stream, before the next event is handed over; must not block. */
    @EventListener
    void onDiscontinuity(StreamContinuityEvent event) {
        if (!event.subscription().bindingName().equals(StreamHeaders.EVENTS_DESTINATION + "-in")) {
            // Presence reads its owners again, commands are answered or time out, and the binder has logged the loss.
            return;
        }
        boolean gap = event instanceof StreamGapEvent;
        StreamId found = StreamId.parse(event.foundId());
        // A record found further on is the next to be read.
        StreamId after = StreamId.isAfter(event.foundId(), event.expectedId()) ? found.previous() : found;
        // One step: a socket that enters in between would get the new epoch with an old id, or the reverse.
        fanOut.atPosition(before -> {
            if (!gap) {
                epoch.renew(event.expectedId());
            }
            return fanOut.abandon(after);
        });
        String what = gap
                ? events(event) + " were trimmed from the stream before this instance read them"
                : "Redis lost its data or went back to an older state, losing " + events(event);
        close(gap ? GAP : ROLLBACK, what + " (read up to " + event.expectedId() + ", found " + event.foundId() + ")");
    }

    /** Redis lost events that this instance may or may not have read. */
    @EventListener
    void onEpoch(EpochChanged changed) {
        fanOut.atPosition(fanOut::abandon);
        close(EPOCH, "Redis lost events, as another instance or a missing key shows");
    }

    private void close(String kind, String what) {
        meters.counter(METER, "kind", kind).increment();
        sessions.lost();
        int closed = sockets.closeAll(CloseCode.CONTINUITY_LOST, properties.closeWithin());
        log.warn("Continuity lost: {}. Closing {} sockets so that their pages load again", what, closed);
        Instant now = Instant.now();
        last = new Told(
                now,
                "continuity_lost: " + what + "; " + closed + " sockets were told to load again ("
                        + now.truncatedTo(ChronoUnit.SECONDS) + ").");
    }

    private static String events(StreamContinuityEvent event) {
        return event.entries() < 0 ? "an unknown number of events" : event.entries() + " events";
    }

    @Override
    public List<String> problems() {
        Told told = last;
        return told == null || told.at().plus(properties.reportFor()).isBefore(Instant.now())
                ? List.of()
                : List.of(told.sentence());
    }
}
