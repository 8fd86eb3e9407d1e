package dev.realtime.contracts.board;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call as the events so far describe it. Every text is cut after {@value BoardTexts#LONGEST} characters.
 *
 * @param id the call's id, in the JSON type of its last event: a string or an integer of any size
 * @param status the last status that an event named, as it was sent
 * @param phoneClient the client's number
 * @param phoneAts the number that was called
 * @param operatorId the operator, in the JSON type of the event that named them
 * @param city the city, where an event named it
 * @param since when the first event about the call came
 * @param stageSince when the call reached its stage
 * @param endedAt when the call ended; absent while it goes on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveCall(
        Object id,
        CallStage stage,
        @Nullable String status,
        @Nullable String phoneClient,
        @Nullable String phoneAts,
        @Nullable Object operatorId,
        @Nullable String city,
        Instant since,
        Instant stageSince,
        @Nullable Instant endedAt) {

    /** Omits the phone numbers. */
    @Override
    public String toString() {
        return "LiveCall[id=" + id + ", stage=" + stage.wireName() + "]";
    }
}
