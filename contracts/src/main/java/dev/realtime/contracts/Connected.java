package dev.realtime.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first event a client gets once its identity is known.
 *
 * @param userId the token's user id, in the JSON type it had there: a string or a number
 * @param role the token's role, null when it had none
 * @param name the person's name, null when the token had none
 * @param socketId the client's own {@code socket.id}
 * @param rooms the rooms that were joined for it by now, in their printed form
 */
public record Connected(
        Object userId, @Nullable String role, @Nullable String name, String socketId, List<String> rooms) {}
