package dev.realtime.contracts.board;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user who is online now, or was announced as online before.
 *
 * @param userId the user id, in the JSON type of the token
 * @param cities the cities whose rooms the user's sockets are in
 * @param since when the status began
 * @param lastSeen when the user went offline; absent while online
 * @param sockets how many sockets the user has
 * @param callId the call that the status is about, in the JSON type of its event; absent when free or offline
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Person(
        Object userId,
        @Nullable String name,
        @Nullable String role,
        List<String> cities,
        PersonStatus status,
        Instant since,
        @Nullable Instant lastSeen,
        int sockets,
        @Nullable Object callId) {

    public Person {
        cities = List.copyOf(cities);
    }

    /** Omits the name. */
    @Override
    public String toString() {
        return "Person[userId=" + userId + ", status=" + status.wireName() + "]";
    }
}
