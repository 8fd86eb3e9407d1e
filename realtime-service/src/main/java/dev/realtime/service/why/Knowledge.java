package dev.realtime.service.why;

import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.journal.Coverage;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;

/** Whether an instance's part of the journal reaches an event. */
enum Knowledge {
    /** All that its sockets did up to the event is known, or it had none. */
    WHOLE,
    /** It is alive and will soon tell. */
    SOON,
    /** It is silent; whether it still had sockets is not known. */
    SILENT,
    /** It was dead by then. */
    DEAD,
    /** It did not keep everything from before the event. */
    GAP;

    /** How long an instance may be silent until it counts as dead, as for everybody in the cluster. */
    private static final long LIVE_FOR = InstanceRegistry.LIVE_FOR.toMillis();

    /** How long after an event it is waited for an instance that was silent before it. */
    private static final long SETTLED = Duration.ofSeconds(3).toMillis();

    /**
     * Judges an instance's part.
     *
     * @param live whether the cluster has the instance for alive; after an outage of Redis it has that for a while of
     *     all that were
     * @param now in milliseconds by Redis' clock
     */
    static Knowledge of(Coverage instance, StreamId event, boolean live, long now) {
        if (event.compareTo(instance.birth()) <= 0) {
            return WHOLE;
        }
        if (event.compareTo(instance.through()) <= 0) {
            return event.compareTo(instance.from()) <= 0 ? GAP : WHOLE;
        }
        if (instance.ended()) {
            return WHOLE;
        }
        if (live || now - instance.at() < LIVE_FOR) {
            return SOON;
        }
        if (event.millis() < instance.at() + LIVE_FOR) {
            return SILENT;
        }
        return now < event.millis() + SETTLED ? SOON : DEAD;
    }
}
