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
 * Where the front door listens, and which proxies it trusts.
 *
 * @param port the one port, from {@code PORT}: 0 to 65535; 0 takes any free port (for tests), empty means 5009
 * @param bindAddress an IP address or host name of this machine; {@code *} means every address, IPv4 and IPv6
 * @param trustedProxies IP addresses and CIDR blocks of the proxies whose {@code X-Forwarded-*} headers are trusted;
 *     empty means none
 * @param frontDoor sizes and timeouts, seldom changed
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

    TrustedProxies proxies() {
        return parseProxies(trustedProxies);
    }

    private static TrustedProxies parseProxies(List<String> entries) {
        try {
            return TrustedProxies.parse(entries);
        } catch (IllegalArgumentException e) {
            // Without the cause: Spring prints only the innermost message, which does not name the property.
            throw new IllegalArgumentException(
                    "realtime.trusted-proxies must list IP addresses and CIDR blocks, comma-separated: "
                            + e.getMessage());
        }
    }

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
            // The exception below covers both cases.
        }
        throw new IllegalArgumentException("PORT must be a whole number from 0 to 65535, but is '" + trimmed + "'");
    }

    /**
     * Limits of the front door. Every duration must be greater than zero.
     *
     * @param eventLoops threads that serve all sockets; 0 means one per core
     * @param backlog connections that the kernel may hold before they are accepted
     * @param maxRequestLine maximum length of the request line; a longer one is answered with 414
     * @param maxHeaders maximum total size of the header lines; more is answered with 431
     * @param headTimeout how long a client may take to send the request line and the headers, then 408
     * @param idleTimeout how long a connection may stay open between two requests
     * @param bodyTimeout how long a client may take to send a request body, in addition to the time that its length
     *     takes at {@code minBodyRate}, then 408
     * @param minBodyRate how much of a body must arrive per second, measured every five seconds once
     *     {@code bodyTimeout} is over; slower is answered with 408
     * @param maxBody maximum request body for Tomcat; a larger one is answered with 413
     * @param bodyMemory memory for incomplete request bodies, at least 2 MB; null means an eighth of the heap, at most
     *     64 MB
     * @param responseTimeout how long the back end may take to answer a complete request, then 504
     * @param writeTimeout how long a client may read nothing of its answer before the connection is closed
     * @param connectTimeout how long to wait for a back-end connection, then 502 or 503
     * @param maxBackendConnections back-end connections of all event loops together
     * @param backendIdleTimeout how long an idle back-end connection is kept; shorter than Tomcat keeps it
     * @param maxDrain how much of a request body is read and discarded after an early answer
     * @param drainTimeout how long reading that body may take
     * @param startTimeout how long the start gates may keep the port closed before startup fails
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

        long bodyMemoryBytes() {
            return bodyMemory != null ? bodyMemory.toBytes() : BodyMemory.defaultBytes();
        }

        /**
         * The limits as the front door takes them.
         *
         * @throws IllegalArgumentException if a value is invalid; the message names the property
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
                // Without the cause: Spring prints only the innermost message, which does not name the property.
                throw new IllegalArgumentException(PREFIX + e.getMessage());
            }
        }
    }
}
