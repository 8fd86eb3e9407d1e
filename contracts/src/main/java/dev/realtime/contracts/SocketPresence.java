package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One socket with an identity, as every instance of the cluster knows it.
 *
 * @param userId in the JSON type it has in the token
 * @param name the person's name, absent when the token had none
 * @param role the token's role, absent when it had none
 * @param login the person's login, absent when the token had none
 * @param socketId the client's own {@code socket.id}
 * @param rooms the rooms it is in, in the order they were joined
 * @param instance the tag of the instance that has it
 * @param transport {@code websocket} or {@code polling}
 * @param address the client's address as the front door found it
 * @param protocol the revision of Engine.IO it speaks: 4, or 3 for Socket.IO clients 1.x and 2.x
 * @param userAgent the first {@value #MAX_USER_AGENT} characters of the header, absent when there was none
 * @param connectedAt when its identity was known
 * @param queue how many bytes wait for the client at least, one of {@link #QUEUE_STEPS}; looked at once a second. Absent
 *     while nothing worth telling waits, and for sockets of instances that do not tell it
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

    /** Longer ones say nothing more, and are a client's to choose. */
    public static final int MAX_USER_AGENT = 200;

    /** What {@code queue} can be, in bytes, the least first: a backlog is told in steps, not byte by byte. */
    public static final List<Long> QUEUE_STEPS = List.of(64_000L, 256_000L, 1_000_000L, 2_000_000L);

    public SocketPresence {
        rooms = List.copyOf(rooms);
        if (userAgent != null && userAgent.length() > MAX_USER_AGENT) {
            userAgent = userAgent.substring(0, MAX_USER_AGENT);
        }
        queue = queue == null || queue == 0 ? null : queue;
    }

    /** The same socket with what changes of it while its identity stays. */
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

    /** The highest of the {@link #QUEUE_STEPS} that so many bytes reach; 0 when they reach none. */
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

    /** {@link #queue()}, or 0 when it is absent. */
    public long queueOrZero() {
        return queue == null ? 0 : queue;
    }

    /** The user id as it stands in room names: {@code 17} for the number 17 and for the string "17" alike. */
    public String userKey() {
        return userId.toString();
    }

    /** Without names, logins and addresses: this ends up in logs. */
    @Override
    public String toString() {
        return "SocketPresence[socketId=" + socketId + ", userId=" + userId + "]";
    }
}
