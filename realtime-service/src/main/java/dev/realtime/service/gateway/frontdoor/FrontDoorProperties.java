package dev.realtime.service.gateway.frontdoor;

import dev.realtime.frontdoor.address.TrustedProxies;
import dev.realtime.frontdoor.body.BodyMemory;
import dev.realtime.frontdoor.connection.Limits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where the front door listens and whom it believes.
 *
 * @param port the one port, from {@code PORT}: 0 to 65535, 0 takes any free one (tests), empty means 5009
 * @param bindAddress an IP address or host name of this machine; {@code *} is every address, IPv4 and IPv6
 * @param trustedProxies IP addresses and CIDR blocks of the proxies whose {@code X-Forwarded-*} headers are believed;
 *     empty means none
 * @param frontDoor limits and time limits, seldom changed
 */
@Validated
@ConfigurationProperties("realtime")
public record FrontDoorProperties(
        @DefaultValue("5009") String port,
        @DefaultValue("*") @NotBlank String bindAddress,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue @Valid Tuning frontDoor) {

    static final int DEFAULT_PORT = 5009;

    public FrontDoorProperties {
        parsePort(port);
        parseProxies(trustedProxies);
        frontDoor.limits();
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** The proxies that are believed. */
    TrustedProxies proxies() {
        return parseProxies(trustedProxies);
    }

    private static TrustedProxies parseProxies(List<String> entries) {
        try {
            return TrustedProxies.parse(entries);
        } catch (IllegalArgumentException e) {
            // Without the cause: Spring prints the innermost message only, and that has no name in it.
            throw new IllegalArgumentException(
                    "realtime.trusted-proxies must list IP addresses and CIDR blocks, comma-separated: "
                            + e.getMessage());
        }
    }

    /** The port as a number. */
    public int portNumber() {
        return parsePort(port);
    }

    private static int parsePort(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return DEFAULT_PORT;
        }
        try {
            int number = Integer.parseInt(trimmed);
            if (number >= 0 && number <= 65535) {
                return number;
            }
        } catch (NumberFormatException _) {
            // The sentence below says it for both cases.
        }
        throw new IllegalArgumentException("PORT must be a whole number from 0 to 65535, but is '" + trimmed + "'");
    }

    /**
     * Limits of the front door; every duration is more than zero.
     *
     * @param eventLoops threads that serve all sockets, 0 is one for each core
     * @param backlog connections the kernel may hold before they are accepted
     * @param maxRequestLine longest request line; a longer one is answered with 414
     * @param maxHeaders longest sum of header lines; more is answered with 431
     * @param headTimeout how long a client may take for the request line and the headers, then 408
     * @param idleTimeout how long a connection may stay open between two requests
     * @param bodyTimeout how long a client may take for a request body beyond what its length takes at
     *     {@code minBodyRate}, then 408
     * @param minBodyRate how much of a body must arrive in a second, in every five seconds once {@code bodyTimeout} is
     *     over; slower is 408
     * @param maxBody largest request body for Tomcat; a larger one is answered with 413
     * @param bodyMemory memory for bodies that wait for their end, at least 2 MB; null is an eighth of the heap, at most
     *     64 MB
     * @param responseTimeout how long the back end may take to answer a request it has in full, then 504
     * @param writeTimeout how long a client may refuse to read any of its answer before it is cut off
     * @param connectTimeout how long to wait for a back-end connection, then 502 or 503
     * @param maxBackendConnections back-end connections of all event loops together
     * @param backendIdleTimeout how long an unused back-end connection is kept; less than Tomcat keeps it
     * @param maxDrain how much of a request body is read and thrown away after an early answer
     * @param drainTimeout how long that may take
     * @param startTimeout how long the start gates may keep the port closed before the start is given up
     * @param shutdownTimeout how long requests in flight may take once the port is closed
     */
    public record Tuning(
            @DefaultValue("0") @PositiveOrZero int eventLoops,
            @DefaultValue("1024") @Positive int backlog,
            @DefaultValue("8KB") DataSize maxRequestLine,
            @DefaultValue("16KB") DataSize maxHeaders,
            @DefaultValue("10s") Duration headTimeout,
            @DefaultValue("75s") Duration idleTimeout,
            @DefaultValue("10s") Duration bodyTimeout,
            @DefaultValue("4KB") DataSize minBodyRate,
            @DefaultValue("1MB") DataSize maxBody,
            @Nullable DataSize bodyMemory,
            @DefaultValue("60s") Duration responseTimeout,
            @DefaultValue("60s") Duration writeTimeout,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("512") @Positive int maxBackendConnections,
            @DefaultValue("30s") Duration backendIdleTimeout,
            @DefaultValue("64KB") DataSize maxDrain,
            @DefaultValue("1s") Duration drainTimeout,
            @DefaultValue("5m") Duration startTimeout,
            @DefaultValue("20s") Duration shutdownTimeout) {

        private static final String PREFIX = "realtime.front-door.";

        public Tuning {
            if (startTimeout.isZero() || startTimeout.isNegative()) {
                throw new IllegalArgumentException(
                        PREFIX + "start-timeout must be more than zero, but is " + startTimeout);
            }
            DataSize least = DataSize.ofBytes(BodyMemory.LEAST);
            DataSize most = DataSize.ofGigabytes(16);
            if (bodyMemory != null && (bodyMemory.compareTo(least) < 0 || bodyMemory.compareTo(most) > 0)) {
                throw new IllegalArgumentException(
                        PREFIX + "body-memory must be from " + least + " to " + most + ", but is " + bodyMemory);
            }
        }

        /** The memory for bodies, in bytes. */
        long bodyMemoryBytes() {
            return bodyMemory != null ? bodyMemory.toBytes() : BodyMemory.defaultBytes();
        }

        /**
         * What of this is the front door's own.
         *
         * @throws IllegalArgumentException by the name of the property that cannot be
         */
        Limits limits() {
            try {
                return Limits.DEFAULTS
                        .but()
                        .backlog(backlog)
                        .maxRequestLine(maxRequestLine.toBytes())
                        .maxHeaders(maxHeaders.toBytes())
                        .headTimeout(headTimeout)
                        .idleTimeout(idleTimeout)
                        .bodyTimeout(bodyTimeout)
                        .minBodyRate(minBodyRate.toBytes())
                        .maxBody(maxBody.toBytes())
                        .responseTimeout(responseTimeout)
                        .writeTimeout(writeTimeout)
                        .connectTimeout(connectTimeout)
                        .maxBackendConnections(maxBackendConnections)
                        .backendIdleTimeout(backendIdleTimeout)
                        .maxDrain(maxDrain.toBytes())
                        .drainTimeout(drainTimeout)
                        .shutdownTimeout(shutdownTimeout)
                        .build();
            } catch (IllegalArgumentException e) {
                // Without the cause: Spring prints the innermost message only, and that has no name in it.
                throw new IllegalArgumentException(PREFIX + e.getMessage());
            }
        }
    }
}
