package dev.realtime.service.cluster.command;

/** Redis did not take a command, so no instance performs it. */
public final class CommandNotSentException extends RuntimeException {

    CommandNotSentException(Throwable cause) {
        super("Redis did not accept the command", cause);
    }
}
