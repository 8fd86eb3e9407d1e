package dev.realtime.socketio.server;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A failure for the log: the class and stack trace of the exception and its causes. Must never contain their messages,
 * since exceptions quote the data they fail on, which a client sent.
 */
final class Wordless extends Throwable {

    /** Causes may form a cycle. */
    private static final int MAX_CAUSES = 8;

    private Wordless(Throwable failure, @Nullable Throwable cause) {
        super(failure.getClass().getName(), cause, false, true);
        setStackTrace(failure.getStackTrace());
    }

    /** Logs a failure at ERROR without messages, and with them at DEBUG. */
    static void log(Logger log, String what, Throwable failure) {
        log.error(what, of(failure, MAX_CAUSES));
        log.debug(what, failure);
    }

    private static Wordless of(Throwable failure, int causes) {
        Throwable cause = failure.getCause();
        return new Wordless(failure, cause == null || causes == 0 ? null : of(cause, causes - 1));
    }
}
