package dev.realtime.contracts.board;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The payload of {@code user:status}: what an operator is doing now.
 *
 * @param userId the user id, in the JSON type of the token
 * @param since when the status began
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserStatus(Object userId, @Nullable String name, PersonStatus status, Instant since) {

    /** Omits the name. */
    @Override
    public String toString() {
        return "UserStatus[userId=" + userId + ", status=" + status.wireName() + "]";
    }
}
