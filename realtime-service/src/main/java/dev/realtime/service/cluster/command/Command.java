package dev.realtime.service.cluster.command;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Something that an instance can be told to do to what it has. Each has a {@link CommandHandler}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @Type(value = Command.CloseSocket.class, name = "close-socket"),
    @Type(value = Command.CloseUser.class, name = "close-user"),
    @Type(value = Command.JoinRoom.class, name = "join-room"),
    @Type(value = Command.LeaveRoom.class, name = "leave-room"),
    @Type(value = Command.BlocksChanged.class, name = "blocks-changed"),
    @Type(value = Command.EndConnections.class, name = "end-connections"),
    @Type(value = Command.Report.class, name = "report")
})
public sealed interface Command {

    /**
     * Closes a socket.
     *
     * @param reason what its client is told
     */
    record CloseSocket(String socketId, String reason) implements Command {}

    /**
     * Closes all sockets of a user.
     *
     * @param reason what their clients are told
     */
    record CloseUser(String userKey, String reason) implements Command {}

    /** Puts a socket into a room, whatever its user may join. */
    record JoinRoom(String socketId, String room) implements Command {}

    /** Takes a socket out of a room. */
    record LeaveRoom(String socketId, String room) implements Command {}

    /** A user was blocked, or is blocked no longer: the list of blocks in Redis has changed. */
    record BlocksChanged(String userKey) implements Command {}

    /**
     * Ends connections without a word to their clients, since their sessions go on with other ones.
     *
     * @param connections their numbers on the instance that is told
     */
    record EndConnections(List<Long> connections) implements Command {

        public EndConnections {
            connections = List.copyOf(connections);
        }
    }

    /** Asks how an instance is. */
    record Report() implements Command {}
}
