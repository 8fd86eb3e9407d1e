package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.Room;
import dev.realtime.service.cluster.command.Command;
import dev.realtime.service.cluster.command.CommandHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Handles commands about this instance's own sockets. Each answers {@code { sockets }}, the number of sockets affected.
 */
@Configuration(proxyBeanMethods = false)
class SocketCommands {

    @Bean
    CommandHandler<Command.CloseSocket> closeSocket(Sockets sockets) {
        return new CommandHandler<>(
                Command.CloseSocket.class,
                command -> told(sockets.close(command.socketId(), CloseCode.CLOSED_BY_ADMIN, command.reason())));
    }

    @Bean
    CommandHandler<Command.CloseUser> closeUser(Sockets sockets) {
        return new CommandHandler<>(
                Command.CloseUser.class,
                command -> told(sockets.closeUser(command.userKey(), CloseCode.CLOSED_BY_ADMIN, command.reason())));
    }

    @Bean
    CommandHandler<Command.JoinRoom> joinRoom(Sockets sockets) {
        return new CommandHandler<>(
                Command.JoinRoom.class, command -> told(sockets.join(command.socketId(), Room.parse(command.room()))));
    }

    @Bean
    CommandHandler<Command.LeaveRoom> leaveRoom(Sockets sockets) {
        return new CommandHandler<>(
                Command.LeaveRoom.class,
                command -> told(sockets.leave(command.socketId(), Room.parse(command.room()))));
    }

    /** Reads the list of blocks, which closes the sockets of newly blocked users. */
    @Bean
    CommandHandler<Command.BlocksChanged> blocksChanged(BlockedUsers blocked) {
        return new CommandHandler<>(
                Command.BlocksChanged.class,
                command -> told(CompletableFuture.supplyAsync(
                        () -> blocked.closeNow(command.userKey()),
                        // Reading the list waits for Redis, and must not hold up the commands behind this one.
                        task -> Thread.ofVirtual().name("blocks-changed").start(task))));
    }

    private static CompletableFuture<?> told(CompletableFuture<Integer> sockets) {
        return sockets.thenApply(count -> Map.of("sockets", count));
    }
}
