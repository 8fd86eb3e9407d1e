package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an instance is. What is behind {@code deliveries} is absent from instances of an older version.
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
 * @param events events delivered since it started, each counted once, be it for one socket or for thousands
 * @param latencyP50 milliseconds from Redis' taking an event until it was queued to the sockets, which half of the events
 *     of the last 10 s did not exceed; absent when there were none. Redis' clock and the instance's may differ, which goes
 *     into it; never negative
 * @param latencyP99 the same for 99 of 100 events
 * @param redis {@code up} or {@code down}, as the instance's {@code /health} has it
 * @param problems what somebody has to mend, as the instance's {@code /health} has it; none when all is well
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
