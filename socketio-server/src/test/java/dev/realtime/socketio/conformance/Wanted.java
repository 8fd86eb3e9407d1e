package dev.realtime.socketio.conformance;

import java.time.Duration;

/**
 * How a server under test is to be set up.
 *
 * @param engineOnly Engine.IO at {@code /engine.io}, which sends every message back; otherwise Socket.IO at
 *     {@code /socket.io} with the namespaces of {@link Echoes}
 * @param pingInterval the interval between pings
 * @param pingTimeout how long a pong may take
 * @param upgradeTimeout how long an upgrade may take
 * @param admissionTimeout how long a connection may be without a socket
 * @param maxPayload the largest message or polling body, in bytes
 */
public record Wanted(
        boolean engineOnly,
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        Duration admissionTimeout,
        int maxPayload) {

    /** More JSON than {@link #maxPayload} allows. */
    public static final int MAX_JSON = 2_000_000;

    /** More values than that JSON has. */
    public static final int MAX_VALUES = 1_000_000;

    private static final Duration CALM = Duration.ofSeconds(60);

    /** With time limits that no test is slow enough to meet. */
    static Wanted calm(boolean engineOnly) {
        return new Wanted(engineOnly, CALM, CALM, Duration.ofSeconds(10), CALM, 1_000_000);
    }

    Wanted heartbeat(Duration interval, Duration timeout) {
        return new Wanted(engineOnly, interval, timeout, upgradeTimeout, admissionTimeout, maxPayload);
    }

    Wanted upgradeTimeout(Duration timeout) {
        return new Wanted(engineOnly, pingInterval, pingTimeout, timeout, admissionTimeout, maxPayload);
    }

    Wanted admissionTimeout(Duration timeout) {
        return new Wanted(engineOnly, pingInterval, pingTimeout, upgradeTimeout, timeout, maxPayload);
    }

    Wanted maxPayload(int bytes) {
        return new Wanted(engineOnly, pingInterval, pingTimeout, upgradeTimeout, admissionTimeout, bytes);
    }
}
