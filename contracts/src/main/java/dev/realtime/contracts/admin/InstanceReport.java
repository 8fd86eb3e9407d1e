package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance. Instances of older versions omit the members after {@code deliveries}.
 *
 * @param instance the instance's tag
 * @param version the service's version
 * @param uptime seconds since the instance started
 * @param sockets number of sockets with an identity
 * @param sessions number of Engine.IO sessions, with or without an identity
 * @param heapUsed bytes of heap in use, including garbage
 * @param heapMax the heap limit in bytes
 * @param lag number of events in Redis that the instance has not delivered yet
 * @param deliveries packets queued to sockets since the start
 * @param events events delivered since the start, each counted once regardless of its number of sockets
 * @param latencyP50 median milliseconds, over the last 10 s, from the event's acceptance by Redis to its queueing for
 *     the sockets; absent without events. Includes the difference between the clocks of Redis and the instance; never
 *     negative
 * @param latencyP99 the 99th percentile of the same
 * @param redis {@code up} or {@code down}, as in the instance's {@code /health}
 * @param problems the problems in the instance's {@code /health}; empty if there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InstanceReport(
        String instance,
        String version,
        long uptime,
        int sockets,
        int sessions,
        long heapUsed,
        long heapMax,
        long lag,
        long deliveries,
        @Nullable Long events,
        @Nullable Double latencyP50,
        @Nullable Double latencyP99,
        @Nullable String redis,
        @Nullable List<String> problems) {

    public InstanceReport {
        problems = problems == null ? List.of() : List.copyOf(problems);
    }
}
