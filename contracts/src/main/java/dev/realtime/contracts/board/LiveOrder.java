package dev.realtime.contracts.board;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as the events so far describe it. Every text is cut after {@value BoardTexts#LONGEST} characters.
 *
 * @param id the order's id, in the JSON type of its last event: a string or an integer of any size
 * @param status the last status that an event named, as it was sent
 * @param clientName the client's name
 * @param masterId the assigned master, in the JSON type of the event that named them
 * @param masterName the master's name, where an event named it
 * @param since when the first event about the order came
 * @param statusSince when the order got its status
 * @param closedAt when the order got a closing status; absent while it is open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveOrder(
        Object id,
        @Nullable String status,
        @Nullable String city,
        @Nullable String clientName,
        @Nullable Object masterId,
        @Nullable String masterName,
        Instant since,
        Instant statusSince,
        @Nullable Instant closedAt) {

    /** Omits the names. */
    @Override
    public String toString() {
        return "LiveOrder[id=" + id + "]";
    }
}
