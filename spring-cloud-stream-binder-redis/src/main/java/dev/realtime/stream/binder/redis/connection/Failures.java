package dev.realtime.stream.binder.redis.connection;

import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

/** Classifies errors of Redis. */
public final class Failures {

    private Failures() {}

    /** Whether the server answered with this error code, for example {@code NOGROUP}. */
    public static boolean isAnswer(@Nullable Throwable failure, String code) {
        String answer = failure instanceof RedisCommandExecutionException ? failure.getMessage() : null;
        return answer != null && answer.startsWith(code);
    }

    /** Whether the server cannot serve this connection now, but may serve a new one or later. */
    public static boolean isWrongServer(@Nullable Throwable failure) {
        return isAnswer(failure, "READONLY")
                || isAnswer(failure, "LOADING")
                || isAnswer(failure, "MASTERDOWN")
                || isElsewhere(failure);
    }

    /** Whether another node of the Redis Cluster has the key, or none at the moment; other keys may still be here. */
    static boolean isElsewhere(@Nullable Throwable failure) {
        return isAnswer(failure, "MOVED ")
                || isAnswer(failure, "ASK ")
                || isAnswer(failure, "TRYAGAIN")
                || isAnswer(failure, "CLUSTERDOWN");
    }

    /** The innermost cause in one line, for the log. */
    public static String summary(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
