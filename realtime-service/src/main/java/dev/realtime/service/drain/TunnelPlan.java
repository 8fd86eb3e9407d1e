package dev.realtime.service.drain;

import java.time.Duration;

/**
 * How many of the WebSockets that pass through to other instances are closed now: at equal distances over the whole time, as
 * {@link DrainPlan} has it for sockets, the first at once. Their sessions are not here, so that nobody can be told. Not
 * thread-safe.
 */
final class TunnelPlan {

    private final Duration time;
    private int closed;

    /** One for tunnels that are to be gone after that time, which is more than zero. */
    TunnelPlan(Duration time) {
        this.time = time;
    }

    /**
     * @param elapsed since the beginning; not less than the last time
     * @param open how many are open now
     */
    int due(Duration elapsed, int open) {
        double share = Math.min(1, (double) elapsed.toNanos() / time.toNanos());
        int allowed = (int) ((closed + open) * share) + 1;
        int due = Math.clamp(allowed - closed, 0, open);
        closed += due;
        return due;
    }
}
