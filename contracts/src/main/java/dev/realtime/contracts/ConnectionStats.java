package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected. Sockets without an identity are not counted.
 *
 * @param total how many sockets
 * @param users how many people or programs, each counted once
 * @param byRole sockets by role; those whose token has no role are under {@value #NO_ROLE}
 * @param byTransport sockets by transport, {@code websocket} or {@code polling}
 * @param connections each socket; only for those who may see it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionStats(
        int total,
        int users,
        Map<String, Integer> byRole,
        Map<String, Integer> byTransport,
        @Nullable List<Connection> connections) {

    /** Stands for the role of those who have none. */
    public static final String NO_ROLE = "none";

    /**
     * One socket.
     *
     * @param userId in the JSON type it has in the token
     * @param name the person's name, absent when the token had none
     * @param role the token's role, absent when it had none
     * @param socketId the client's own {@code socket.id}
     * @param rooms the rooms it is in
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Connection(
            Object userId, @Nullable String name, @Nullable String role, String socketId, List<Room> rooms) {}
}
