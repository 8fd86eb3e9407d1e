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
        Instant connectedAt) {

    /** Longer ones say nothing more, and are a client's to choose. */
    public static final int MAX_USER_AGENT = 200;

    public SocketPresence {
        rooms = List.copyOf(rooms);
        if (userAgent != null && userAgent.length() > MAX_USER_AGENT) {
            userAgent = userAgent.substring(0, MAX_USER_AGENT);
        }
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
