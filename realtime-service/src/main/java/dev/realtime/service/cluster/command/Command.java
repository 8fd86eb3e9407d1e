package dev.realtime.service.cluster.command;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** A command to an instance. Each kind has a {@link CommandHandler}. */
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
     * @param reason the reason that its client is told
     */
    record CloseSocket(String socketId, String reason) implements Command {}

    /**
     * Closes all sockets of a user.
     *
     * @param reason the reason that their clients are told
     */
    record CloseUser(String userKey, String reason) implements Command {}

    /** Puts a socket into a room, even one that its user may not join. */
    record JoinRoom(String socketId, String room) implements Command {}

    /** Takes a socket out of a room. */
    record LeaveRoom(String socketId, String room) implements Command {}

    /** A user was blocked or unblocked: the list of blocks in Redis has changed. */
    record BlocksChanged(String userKey) implements Command {}

    /**
     * Ends connections without telling their clients, whose sessions continue on other connections.
     *
     * @param connections their numbers on the addressed instance
     */
    record EndConnections(List<Long> connections) implements Command {

        public EndConnections {
            connections = List.copyOf(connections);
        }
    }

    /** Asks for the state of an instance. */
    record Report() implements Command {}
}
