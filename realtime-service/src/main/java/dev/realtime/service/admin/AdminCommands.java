package dev.realtime.service.admin;

import dev.realtime.service.cluster.command.Command;
import dev.realtime.service.cluster.command.CommandHandler;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Command handlers for what the admin API asks of a whole instance. */
@Configuration(proxyBeanMethods = false)
class AdminCommands {

    @Bean
    CommandHandler<Command.Report> report(InstanceReporter reporter) {
        return new CommandHandler<>(
                Command.Report.class, command -> CompletableFuture.completedFuture(reporter.report()));
    }
}
