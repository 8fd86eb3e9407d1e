package dev.realtime.stream.binder.redis;

import org.jspecify.annotations.Nullable;

/**
 * The command was written but no answer arrived (timeout, lost connection): the entry may or may not be in the stream.
 * A retry is safe only with the same {@link RedisBinderHeaders#IDEMPOTENCE_KEY}.
 */
public class SendOutcomeUnknownException extends RuntimeException {

    /**
     * @param message the operation
     * @param cause what ended the wait
     */
    public SendOutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
