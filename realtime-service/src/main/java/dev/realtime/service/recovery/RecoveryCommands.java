package dev.realtime.service.recovery;

import dev.realtime.service.cluster.command.Command;
import dev.realtime.service.cluster.command.CommandHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handles commands about sessions. Answers {@code { connections }}, how many of them were still on this instance. */
@Configuration(proxyBeanMethods = false)
class RecoveryCommands {

    @Bean
    CommandHandler<Command.EndConnections> endConnections(SessionKeeper keeper) {
        return new CommandHandler<>(
                Command.EndConnections.class,
                command -> CompletableFuture.completedFuture(Map.of(
                        "connections",
                        command.connections().stream()
                                .filter(keeper::endConnection)
                                .count())));
    }
}
