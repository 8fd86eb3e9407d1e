package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first event a client gets once its identity is known; on a session that was recovered it comes behind the events
 * that were missed.
 *
 * @param userId the token's user id, in the JSON type it had there: a string or a number
 * @param role the token's role, null when it had none
 * @param name the person's name, null when the token had none
 * @param socketId the client's own {@code socket.id}
 * @param rooms the rooms it is in by now, in their printed form
 * @param recovered whether this is the session it had before, with nothing missed; if not, whatever a page shows must be
 *     loaded again. Absent where clients cannot come back to a session: with Engine.IO 3, or when recovery is off
 * @param position the position from which on events come; absent as well where a session is not kept yet, since Redis is
 *     away
 */
public record Connected(
        Object userId,
        @Nullable String role,
        @Nullable String name,
        String socketId,
        List<String> rooms,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean recovered,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String position) {}
