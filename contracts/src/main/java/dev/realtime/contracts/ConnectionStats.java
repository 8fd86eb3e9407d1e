package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, in the whole cluster. Sockets without an identity are not counted.
 *
 * @param total how many sockets
 * @param users how many people or programs, each counted once
 * @param byRole sockets by role; those whose token has no role are under {@value #NO_ROLE}
 * @param byTransport sockets by transport, {@code websocket} or {@code polling}
 * @param byInstance sockets by the instance that has them; instances without any are there too
 * @param page which of the sockets asked for follow; only for those who may see them
 * @param connections a page of sockets; only for those who may see them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionStats(
        int total,
        int users,
        Map<String, Integer> byRole,
        Map<String, Integer> byTransport,
        Map<String, Integer> byInstance,
        @Nullable Page page,
        @Nullable List<SocketPresence> connections) {

    /** Stands for the role of those who have none. */
    public static final String NO_ROLE = "none";
}
