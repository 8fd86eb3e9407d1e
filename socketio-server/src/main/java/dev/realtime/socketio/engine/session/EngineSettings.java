package dev.realtime.socketio.engine.session;

import java.time.Duration;

/**
 * The timing and the bounds of Engine.IO sessions.
 *
 * @param path where clients connect to, such as {@code /socket.io}: plain segments, without a slash at the end
 * @param pingInterval how long after a pong the server pings again
 * @param pingTimeout how long a pong may take before the session counts as dead
 * @param upgradeTimeout how long a WebSocket may take from its handshake to the end of the upgrade
 * @param closeTimeout how long a closing session may take to hand over its last packets
 * @param maxPayload the largest message or polling body, in bytes; told to clients
 * @param maxQueuedBytes how many bytes may wait for one client before it counts as too slow
 * @param allowEio3 whether clients of revision 3 of the protocol are served: Socket.IO clients 1.x and 2.x
 */
public record EngineSettings(
        String path,
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        Duration closeTimeout,
        int maxPayload,
        int maxQueuedBytes,
        boolean allowEio3) {

    private static final int MESSAGES_HELD = 3;

    /** Many small messages may wait where large ones may not come. */
    private static final int LEAST_HELD = 256 * 1024;

    /** The values of the stock server. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            "/socket.io",
            Duration.ofSeconds(25),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            1_000_000,
            4_000_000,
            true);

    /** How many bytes an identified session may make the server hold: three messages, or many small ones. */
    public int heldBytes() {
        return Math.max(LEAST_HELD, MESSAGES_HELD * maxPayload);
    }

    /**
     * How exact the sockets' timers are: a small part of what they wait for, 1 ms to 250 ms. Pings that are due within it
     * leave together, and their pongs come together, which wakes a sleeping core once for all of them.
     */
    Duration timerTick() {
        Duration shortest = pingInterval.compareTo(pingTimeout) < 0 ? pingInterval : pingTimeout;
        return Duration.ofMillis(Math.clamp(shortest.toMillis() / 80, 1, 250));
    }
}
