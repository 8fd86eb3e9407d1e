package dev.realtime.stream.binder.redis;

import org.jspecify.annotations.Nullable;

/**
 * The command was written but its answer never came (timeout, cut connection): the entry may be in the stream or not. A
 * second attempt is safe only with the same {@link RedisBinderHeaders#IDEMPOTENCE_KEY}.
 */
public class SendOutcomeUnknownException extends RuntimeException {

    /**
     * @param message what was waited for
     * @param cause what ended the waiting
     */
    public SendOutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
