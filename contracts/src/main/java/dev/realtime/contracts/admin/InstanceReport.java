package dev.realtime.contracts.admin;

/**
 * How an instance is.
 *
 * @param instance its tag
 * @param version the service's version
 * @param uptime seconds since it started
 * @param sockets sockets with an identity
 * @param sessions Engine.IO sessions, with an identity or not
 * @param heapUsed bytes of heap in use, garbage included
 * @param heapMax the most heap it may have, bytes
 * @param lag how many events Redis has that it did not deliver yet
 * @param deliveries packets queued to sockets since it started
 */
public record InstanceReport(
        String instance,
        String version,
        long uptime,
        int sockets,
        int sessions,
        long heapUsed,
        long heapMax,
        long lag,
        long deliveries) {}
