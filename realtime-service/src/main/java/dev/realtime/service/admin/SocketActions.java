package dev.realtime.service.admin;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.Room;
import dev.realtime.service.blocks.BlockList;
import dev.realtime.service.control.ControlAction;
import dev.realtime.service.gateway.sockets.Sockets;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** What an instance does to its own sockets when it is told to. Each answers {@code { sockets }}: to how many. */
@Configuration(proxyBeanMethods = false)
class SocketActions {

    static final String CLOSE_SOCKET = "close-socket";
    static final String CLOSE_USER = "close-user";
    static final String JOIN_ROOM = "join-room";
    static final String LEAVE_ROOM = "leave-room";
    static final String BLOCKS_CHANGED = "blocks-changed";

    /** Tells an instance what to do. {@code socket} or {@code user} says to whom. */
    record Order(String socket, String user, String room, String reason) {

        static Order socket(String socket, String reason) {
            return new Order(socket, "", "", reason);
        }

        static Order user(String user, String reason) {
            return new Order("", user, "", reason);
        }

        static Order room(String socket, Room room) {
            return new Order(socket, "", room.toString(), "");
        }
    }

    private record Named(String name, java.util.function.ToIntFunction<JsonNode> work) implements ControlAction {

        @Override
        public Object perform(JsonNode arguments) {
            return Map.of("sockets", work.applyAsInt(arguments));
        }
    }

    @Bean
    ControlAction closeSocket(Sockets sockets) {
        return new Named(
                CLOSE_SOCKET,
                order ->
                        sockets.close(text(order, "socket"), CloseCode.CLOSED_BY_ADMIN, text(order, "reason")) ? 1 : 0);
    }

    @Bean
    ControlAction closeUser(Sockets sockets) {
        return new Named(
                CLOSE_USER,
                order -> sockets.closeUser(text(order, "user"), CloseCode.CLOSED_BY_ADMIN, text(order, "reason")));
    }

    @Bean
    ControlAction joinRoom(Sockets sockets) {
        return new Named(
                JOIN_ROOM,
                order -> sockets.join(text(order, "socket"), Room.parse(text(order, "room")))
                                .orElse(false)
                        ? 1
                        : 0);
    }

    @Bean
    ControlAction leaveRoom(Sockets sockets) {
        return new Named(
                LEAVE_ROOM, order -> sockets.leave(text(order, "socket"), Room.parse(text(order, "room"))) ? 1 : 0);
    }

    /** The list says who; it closes the sockets of those who are new in it. */
    @Bean
    ControlAction blocksChanged(Sockets sockets, BlockList blocks) {
        return new Named(BLOCKS_CHANGED, order -> {
            int closed = sockets.count(text(order, "user"));
            blocks.refresh();
            return blocks.blockedUntil(text(order, "user")).isPresent() ? closed : 0;
        });
    }

    private static String text(JsonNode order, String member) {
        return order.path(member).asString();
    }
}
