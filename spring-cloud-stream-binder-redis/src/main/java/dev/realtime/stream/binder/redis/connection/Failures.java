package dev.realtime.stream.binder.redis.connection;

import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

/** What an error of Redis means for what we do next. */
public final class Failures {

    private Failures() {}

    /** Whether the error came from the server as an answer with this code, for example {@code NOGROUP}. */
    public static boolean isAnswer(@Nullable Throwable failure, String code) {
        return failure instanceof RedisCommandExecutionException
                && failure.getMessage() instanceof String message
                && message.startsWith(code);
    }

    /** Whether the server can do nothing on this connection now but might on a new one, or later. */
    public static boolean isWrongServer(@Nullable Throwable failure) {
        return isAnswer(failure, "READONLY") || isAnswer(failure, "LOADING") || isAnswer(failure, "MASTERDOWN");
    }

    /** The innermost reason in one line, for the log. */
    public static String summary(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
