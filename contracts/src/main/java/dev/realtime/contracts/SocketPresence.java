package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One socket with an identity, as all instances of the cluster see it.
 *
 * @param userId the user id, in the JSON type of the token
 * @param name the person's name, absent if the token has none
 * @param role the token's role, absent if it has none
 * @param login the person's login, absent if the token has none
 * @param socketId the client's own {@code socket.id}
 * @param rooms the socket's rooms, in the order of joining
 * @param instance the tag of the socket's instance
 * @param transport {@code websocket} or {@code polling}
 * @param address the client's address as the front door determined it
 * @param protocol the Engine.IO revision: 4, or 3 for Socket.IO clients 1.x and 2.x
 * @param userAgent the first {@value #MAX_USER_AGENT} characters of the header, absent without one
 * @param connectedAt when the identity became known
 * @param queue the least number of bytes queued for the client, one of {@link #QUEUE_STEPS}, measured once a second.
 *     Absent below the first step, and for instances that do not report it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SocketPresence(
        Object userId,
        @Nullable String name,
        @Nullable String role,
        @Nullable String login,
        String socketId,
        List<Room> rooms,
        String instance,
        String transport,
        String address,
        int protocol,
        @Nullable String userAgent,
        Instant connectedAt,
        @Nullable Long queue) {

    /** Clients choose the header's length; nothing useful follows after this many characters. */
    public static final int MAX_USER_AGENT = 200;

    /**
     * The values of {@code queue}, in bytes, ascending: steps, so that a growing backlog does not change presence with
     * every byte.
     */
    public static final List<Long> QUEUE_STEPS = List.of(64_000L, 256_000L, 1_000_000L, 2_000_000L);

    public SocketPresence {
        rooms = List.copyOf(rooms);
        if (userAgent != null && userAgent.length() > MAX_USER_AGENT) {
            userAgent = userAgent.substring(0, MAX_USER_AGENT);
        }
        queue = queue == null || queue == 0 ? null : queue;
    }

    /** A copy with the members that may change while the identity stays the same. */
    public SocketPresence with(List<Room> rooms, String transport, @Nullable Long queue) {
        return new SocketPresence(
                userId,
                name,
                role,
                login,
                socketId,
                rooms,
                instance,
                transport,
                address,
                protocol,
                userAgent,
                connectedAt,
                queue);
    }

    /** The highest of {@link #QUEUE_STEPS} that the bytes reach; 0 if they reach none. */
    public static long queueStep(long bytes) {
        long reached = 0;
        for (long step : QUEUE_STEPS) {
            if (bytes < step) {
                return reached;
            }
            reached = step;
        }
        return reached;
    }

    /** {@link #queue()}, or 0 if absent. */
    public long queueOrZero() {
        return queue == null ? 0 : queue;
    }

    /** The user id as text, as used in room names: {@code 17} for the number 17 and for the string "17". */
    public String userKey() {
        return userId.toString();
    }

    /** Leaves out names, logins and addresses, since the text ends up in logs. */
    @Override
    public String toString() {
        return "SocketPresence[socketId=" + socketId + ", userId=" + userId + "]";
    }
}
