package dev.realtime.socketio.server;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A failure as it may stand in the log: its class, its stack and those of its causes. What it says is left out, since
 * exceptions quote what they fail at, which here is what a client sent.
 */
final class Wordless extends Throwable {

    /** Causes of causes may go in a circle. */
    private static final int MAX_CAUSES = 8;

    private Wordless(Throwable failure, @Nullable Throwable cause) {
        super(failure.getClass().getName(), cause, false, true);
        setStackTrace(failure.getStackTrace());
    }

    /** Logs a failure at ERROR without its words, and with them at DEBUG. */
    static void log(Logger log, String what, Throwable failure) {
        log.error(what, of(failure, MAX_CAUSES));
        log.debug(what, failure);
    }

    private static Wordless of(Throwable failure, int causes) {
        Throwable cause = failure.getCause();
        return new Wordless(failure, cause == null || causes == 0 ? null : of(cause, causes - 1));
    }
}
