package dev.realtime.frontdoor.connection;

import java.time.Duration;

/** Builds {@link Limits}, whose documentation explains each limit. */
public final class LimitsBuilder {

    private int backlog;
    private long maxRequestLine;
    private long maxHeaders;
    private Duration headTimeout;
    private Duration idleTimeout;
    private Duration bodyTimeout;
    private long minBodyRate;
    private long maxBody;
    private Duration responseTimeout;
    private Duration writeTimeout;
    private Duration connectTimeout;
    private int maxBackendConnections;
    private Duration backendIdleTimeout;
    private long maxDrain;
    private Duration drainTimeout;
    private Duration shutdownTimeout;

    LimitsBuilder(Limits from) {
        backlog = from.backlog();
        maxRequestLine = from.maxRequestLine();
        maxHeaders = from.maxHeaders();
        headTimeout = from.headTimeout();
        idleTimeout = from.idleTimeout();
        bodyTimeout = from.bodyTimeout();
        minBodyRate = from.minBodyRate();
        maxBody = from.maxBody();
        responseTimeout = from.responseTimeout();
        writeTimeout = from.writeTimeout();
        connectTimeout = from.connectTimeout();
        maxBackendConnections = from.maxBackendConnections();
        backendIdleTimeout = from.backendIdleTimeout();
        maxDrain = from.maxDrain();
        drainTimeout = from.drainTimeout();
        shutdownTimeout = from.shutdownTimeout();
    }

    /** See {@link Limits#backlog}. */
    public LimitsBuilder backlog(int value) {
        backlog = value;
        return this;
    }

    /** See {@link Limits#maxRequestLine}. */
    public LimitsBuilder maxRequestLine(long value) {
        maxRequestLine = value;
        return this;
    }

    /** See {@link Limits#maxHeaders}. */
    public LimitsBuilder maxHeaders(long value) {
        maxHeaders = value;
        return this;
    }

    /** See {@link Limits#headTimeout}. */
    public LimitsBuilder headTimeout(Duration value) {
        headTimeout = value;
        return this;
    }

    /** See {@link Limits#idleTimeout}. */
    public LimitsBuilder idleTimeout(Duration value) {
        idleTimeout = value;
        return this;
    }

    /** See {@link Limits#bodyTimeout}. */
    public LimitsBuilder bodyTimeout(Duration value) {
        bodyTimeout = value;
        return this;
    }

    /** See {@link Limits#minBodyRate}. */
    public LimitsBuilder minBodyRate(long value) {
        minBodyRate = value;
        return this;
    }

    /** See {@link Limits#maxBody}. */
    public LimitsBuilder maxBody(long value) {
        maxBody = value;
        return this;
    }

    /** See {@link Limits#responseTimeout}. */
    public LimitsBuilder responseTimeout(Duration value) {
        responseTimeout = value;
        return this;
    }

    /** See {@link Limits#writeTimeout}. */
    public LimitsBuilder writeTimeout(Duration value) {
        writeTimeout = value;
        return this;
    }

    /** See {@link Limits#connectTimeout}. */
    public LimitsBuilder connectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    /** See {@link Limits#maxBackendConnections}. */
    public LimitsBuilder maxBackendConnections(int value) {
        maxBackendConnections = value;
        return this;
    }

    /** See {@link Limits#backendIdleTimeout}. */
    public LimitsBuilder backendIdleTimeout(Duration value) {
        backendIdleTimeout = value;
        return this;
    }

    /** See {@link Limits#maxDrain}. */
    public LimitsBuilder maxDrain(long value) {
        maxDrain = value;
        return this;
    }

    /** See {@link Limits#drainTimeout}. */
    public LimitsBuilder drainTimeout(Duration value) {
        drainTimeout = value;
        return this;
    }

    /** See {@link Limits#shutdownTimeout}. */
    public LimitsBuilder shutdownTimeout(Duration value) {
        shutdownTimeout = value;
        return this;
    }

    /** @throws IllegalArgumentException if a limit is out of range; the message begins with its name */
    public Limits build() {
        return new Limits(
                backlog,
                maxRequestLine,
                maxHeaders,
                headTimeout,
                idleTimeout,
                bodyTimeout,
                minBodyRate,
                maxBody,
                responseTimeout,
                writeTimeout,
                connectTimeout,
                maxBackendConnections,
                backendIdleTimeout,
                maxDrain,
                drainTimeout,
                shutdownTimeout);
    }
}
