package dev.realtime.frontdoor.connection;

import java.time.Duration;

/**
 * The limits of connections and requests. Sizes are in bytes; every duration must be positive.
 *
 * @param backlog the most connections that the kernel holds before they are accepted
 * @param maxRequestLine the longest request line, 256 bytes to 64 KB; a longer one is answered with 414
 * @param maxHeaders the largest header section, 1 KB to 64 KB; a larger one is answered with 431
 * @param headTimeout how long a client may take for the request line and the headers; then 408
 * @param idleTimeout how long a connection may stay open between two requests
 * @param bodyTimeout how long a client may take for a request body in addition to its length at {@code minBodyRate};
 *     then 408
 * @param minBodyRate how many bytes of a body must arrive per second, measured over every five seconds once
 *     {@code bodyTimeout} is over, 1 byte to 1 MB; a slower body is answered with 408
 * @param maxBody the largest request body for the back end, 64 KB to 1 GB; a larger one is answered with 413
 * @param responseTimeout how long the back end may take to answer a request that it has received in full; then 504
 * @param writeTimeout how long a client may read nothing of its response before it is cut off
 * @param connectTimeout how long to wait for a back-end connection; then 502 or 503
 * @param maxBackendConnections the most back-end connections of all event loops together
 * @param backendIdleTimeout how long an idle back-end connection is kept; must be less than the back end's own
 *     keep-alive timeout
 * @param maxDrain how many bytes of a request body are read and discarded after an early response, at most 1 GB
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

    /** @throws IllegalArgumentException if a limit is out of range; the message begins with its name in kebab case */
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

    /** A builder that starts from these limits. */
    public LimitsBuilder but() {
        return new LimitsBuilder(this);
    }
}
