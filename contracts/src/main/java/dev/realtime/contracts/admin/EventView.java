package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the stream.
 *
 * @param id its id
 * @param at when Redis took it
 * @param event its name
 * @param rooms the rooms that its sender named; absent when it named none
 * @param to the rooms it went to, whoever chose them: those that were named, or else its default rooms. None for what is
 *     no valid event, since that goes nowhere
 * @param payload its payload; phone numbers are masked unless they were asked for
 * @param written to how many sockets it was written, by instance; what is older than the retention is not known any more
 * @param service the name of the service that posted it by REST; absent when none did
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

    /** An event that no service posted. */
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
