package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event in the stream.
 *
 * @param id the event's id
 * @param at when Redis accepted the event
 * @param event the event's name
 * @param rooms the rooms its sender named; absent if the sender named none
 * @param to the rooms it went to: the named rooms, or else the default rooms. Empty for an invalid event, which goes
 *     nowhere
 * @param payload the payload; phone numbers are masked unless requested
 * @param written number of sockets it was written to, by instance; unknown for events older than the retention
 * @param service the name of the service that posted the event by REST; absent for other senders
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventView(
        String id,
        Instant at,
        String event,
        @Nullable List<String> rooms,
        List<String> to,
        Object payload,
        Map<String, Integer> written,
        @Nullable String service) {

    /** An event that was not posted by a service. */
    public EventView(
            String id,
            Instant at,
            String event,
            @Nullable List<String> rooms,
            List<String> to,
            Object payload,
            Map<String, Integer> written) {
        this(id, at, event, rooms, to, payload, written, null);
    }
}
