package dev.realtime.service.cluster.command;

import java.util.concurrent.CompletableFuture;

/**
 * Performs one kind of command on this instance. Each kind has one bean.
 *
 * @param type the kind
 * @param work starts a command and returns at once; commands start in the order in which Redis has them. The result of
 *     the future is the answer, written as JSON
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
