package dev.realtime.socketio.engine.session;

import java.time.Duration;

/**
 * The timing and the limits of Engine.IO sessions.
 *
 * @param path the path that clients connect to, such as {@code /socket.io}: plain segments, without a trailing slash
 * @param pingInterval the interval between pings
 * @param pingTimeout how long a pong may take before the session counts as dead
 * @param upgradeTimeout how long a WebSocket may take from its handshake to the end of the upgrade
 * @param closeTimeout how long a closing session may take to deliver its last packets
 * @param maxPayload the largest message or polling body, in bytes; announced to clients
 * @param maxQueuedBytes how many bytes may be queued for one client before it counts as too slow
 * @param allowEio3 whether to serve clients of protocol revision 3: Socket.IO clients 1.x and 2.x
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

    /** Allows many small messages to wait even where large ones may not be sent. */
    private static final int LEAST_HELD = 256 * 1024;

    /** The defaults of the stock server. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            "/socket.io",
            Duration.ofSeconds(25),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            1_000_000,
            4_000_000,
            true);

    /**
     * How many bytes an identified session may make the server hold: three of the largest messages, or many small ones.
     */
    public int heldBytes() {
        return Math.max(LEAST_HELD, MESSAGES_HELD * maxPayload);
    }

    /**
     * The precision of the sockets' timers: a small part of their delays, 1 ms to 250 ms. Pings that are due within one
     * tick leave together, and their pongs arrive together, which wakes a sleeping core once for all of them.
     */
    Duration timerTick() {
        Duration shortest = pingInterval.compareTo(pingTimeout) < 0 ? pingInterval : pingTimeout;
        return Duration.ofMillis(Math.clamp(shortest.toMillis() / 80, 1, 250));
    }
}
