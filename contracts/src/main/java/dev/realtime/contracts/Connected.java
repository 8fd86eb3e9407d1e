package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first event a client receives once its identity is known. In a recovered session it follows the replayed events.
 *
 * @param userId the token's user id, in the JSON type it had there: a string or a number
 * @param role the token's role, null if it has none
 * @param name the person's name, null if the token has none
 * @param socketId the client's own {@code socket.id}
 * @param rooms the rooms the socket is in, in their printed form
 * @param recovered whether the client's earlier session continues without a missed event; if false, a page must reload
 *     what it shows. Absent where sessions cannot be recovered: with Engine.IO 3, or when recovery is off
 * @param position the stream position from which events arrive; absent under the same conditions, and while the session
 *     cannot be stored because Redis is unavailable
 */
public record Connected(
        Object userId,
        @Nullable String role,
        @Nullable String name,
        String socketId,
        List<String> rooms,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean recovered,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String position) {}
