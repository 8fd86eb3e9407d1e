package dev.realtime.frontdoor.connection;

import java.time.Duration;

/**
 * What connections and requests may take. Sizes are bytes; every duration is more than zero.
 *
 * @param backlog connections the kernel may hold before they are accepted
 * @param maxRequestLine longest request line, 256 bytes to 64 KB; a longer one is answered with 414
 * @param maxHeaders longest sum of header lines, 1 KB to 64 KB; more is answered with 431
 * @param headTimeout how long a client may take for the request line and the headers, then 408
 * @param idleTimeout how long a connection may stay open between two requests
 * @param bodyTimeout how long a client may take for a request body beyond what its length takes at {@code minBodyRate},
 *     then 408
 * @param minBodyRate how many bytes of a body must arrive in a second, in every five seconds once {@code bodyTimeout} is
 *     over, 1 to 1 MB; slower is 408
 * @param maxBody largest request body for the back end, 64 KB to 1 GB; a larger one is answered with 413
 * @param responseTimeout how long the back end may take to answer a request it has in full, then 504
 * @param writeTimeout how long a client may refuse to read any of its answer before it is cut off
 * @param connectTimeout how long to wait for a back-end connection, then 502 or 503
 * @param maxBackendConnections back-end connections of all event loops together
 * @param backendIdleTimeout how long an unused back-end connection is kept; must be less than the back end keeps it
 * @param maxDrain how many bytes of a request body are read and thrown away after an early answer, at most 1 GB
 * @param drainTimeout how long that may take
 * @param shutdownTimeout how long requests in flight may take once the port is closed
 */
public record Limits(
        int backlog,
        long maxRequestLine,
        long maxHeaders,
        Duration headTimeout,
        Duration idleTimeout,
        Duration bodyTimeout,
        long minBodyRate,
        long maxBody,
        Duration responseTimeout,
        Duration writeTimeout,
        Duration connectTimeout,
        int maxBackendConnections,
        Duration backendIdleTimeout,
        long maxDrain,
        Duration drainTimeout,
        Duration shutdownTimeout) {

    private static final long KB = 1024;
    private static final long MB = 1024 * KB;
    private static final long GB = 1024 * MB;

    /** Limits for browsers and services on a network that may be slow. */
    public static final Limits DEFAULTS = new Limits(
            1024,
            8 * KB,
            16 * KB,
            Duration.ofSeconds(10),
            Duration.ofSeconds(75),
            Duration.ofSeconds(10),
            4 * KB,
            MB,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            512,
            Duration.ofSeconds(30),
            64 * KB,
            Duration.ofSeconds(1),
            Duration.ofSeconds(20));

    /** @throws IllegalArgumentException with a sentence that begins with the limit's name in kebab case */
    public Limits {
        between("backlog", backlog, 1, Integer.MAX_VALUE);
        size("max-request-line", maxRequestLine, 256, 64 * KB);
        size("max-headers", maxHeaders, KB, 64 * KB);
        positive("head-timeout", headTimeout);
        positive("idle-timeout", idleTimeout);
        positive("body-timeout", bodyTimeout);
        size("min-body-rate", minBodyRate, 1, MB);
        size("max-body", maxBody, 64 * KB, GB);
        positive("response-timeout", responseTimeout);
        positive("write-timeout", writeTimeout);
        positive("connect-timeout", connectTimeout);
        between("max-backend-connections", maxBackendConnections, 1, Integer.MAX_VALUE);
        positive("backend-idle-timeout", backendIdleTimeout);
        size("max-drain", maxDrain, 0, GB);
        positive("drain-timeout", drainTimeout);
        positive("shutdown-timeout", shutdownTimeout);
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be more than zero, but is " + value);
        }
    }

    private static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", but is " + value);
        }
    }

    private static void size(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be from " + least + "B to " + most + "B, but is " + value + "B");
        }
    }

    /** Limits that differ from these in what is set. */
    public LimitsBuilder but() {
        return new LimitsBuilder(this);
    }
}
