package dev.realtime.service.cluster.command;

import java.util.concurrent.CompletableFuture;

/**
 * Performs one kind of command on this instance. A bean for each kind.
 *
 * @param type the kind
 * @param work begins to perform a command and returns at once; commands begin in the order in which Redis has them. What
 *     it completes with is the answer, for JSON
 */
public record CommandHandler<C extends Command>(Class<C> type, Work<C> work) {

    /** See {@link CommandHandler#work}. */
    @FunctionalInterface
    public interface Work<C extends Command> {

        /** Must not block. */
        CompletableFuture<?> begin(C command);
    }

    CompletableFuture<?> perform(Command command) {
        return work.begin(type.cast(command));
    }
}
