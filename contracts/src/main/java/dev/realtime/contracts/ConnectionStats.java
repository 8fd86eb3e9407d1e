package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected in the whole cluster. Sockets without an identity are not counted.
 *
 * @param total number of sockets
 * @param users number of users, each counted once
 * @param byRole sockets by role; {@value #NO_ROLE} for tokens without a role
 * @param byTransport sockets by transport, {@code websocket} or {@code polling}
 * @param byInstance sockets by instance; instances without sockets are included
 * @param page which page of the matching sockets {@code connections} holds; only for callers that may see them
 * @param connections a page of sockets; only for callers that may see them
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

    /** The key for sockets without a role. */
    public static final String NO_ROLE = "none";
}
