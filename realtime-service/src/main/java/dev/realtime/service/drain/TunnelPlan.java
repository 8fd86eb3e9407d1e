package dev.realtime.service.drain;

import java.time.Duration;

/**
 * Decides how many of the WebSockets tunnelled to other instances are closed now: evenly spread over the whole time
 * like the sockets of {@link DrainPlan}, the first at once. Their sessions are on other instances, so their clients
 * cannot be told. Not thread-safe.
 */
final class TunnelPlan {

    private final Duration time;
    private int closed;

    /** A plan for tunnels that are to be gone after {@code time}, which must be positive. */
    TunnelPlan(Duration time) {
        this.time = time;
    }

    /**
     * @param elapsed the time since the beginning; never less than in the previous call
     * @param open how many are open now
     */
    int due(Duration elapsed, int open) {
        int due = Math.clamp(DrainPlan.allowed(closed + open, elapsed, time) - closed, 0, open);
        closed += due;
        return due;
    }
}
