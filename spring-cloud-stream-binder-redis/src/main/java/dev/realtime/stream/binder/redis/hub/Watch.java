package dev.realtime.stream.binder.redis.hub;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Compares the position of a stream that a hub reads with what the server holds. Tells nobody: a stream that contradicts
 * its position is given back to its own reader, which finds the same.
 */
public interface Watch {

    /** A question on its way to the server. */
    interface Question {

        /**
         * Waits for the answer.
         *
         * @param sinceRead how long nothing was being read
         * @return whether the server agrees
         */
        boolean agrees(String position, Duration sinceRead);

        /** The same after a reconnect, which may have led to another server. */
        boolean agreesAgain(String position);
    }

    /** Asks without waiting. */
    Question ask(RedisLink link);

    /** Whether the stream was read last from this run of a server, as far as both are known. */
    boolean isFrom(@Nullable String runId);

    /** Counts entries as read. */
    void read(int entries);

    /** Number of unread entries when the server was last asked; -1 if unknown. Thread-safe. */
    long lag();
}
