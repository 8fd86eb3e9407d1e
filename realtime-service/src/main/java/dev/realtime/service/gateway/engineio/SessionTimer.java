package dev.realtime.service.gateway.engineio;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one timer of a session's heartbeat, on the session's own loop. Thread-safe. */
final class SessionTimer {

    private final EngineSession session;
    private @Nullable ScheduledFuture<?> planned;
    private boolean stopped;

    SessionTimer(EngineSession session) {
        this.session = session;
    }

    /** Plans what comes next; nothing once it was stopped. */
    synchronized void schedule(Runnable action, long nanos) {
        if (!stopped) {
            planned = session.home().schedule(action, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Plans nothing any more, and gives back what was planned. */
    synchronized void stop() {
        stopped = true;
        if (planned != null) {
            planned.cancel(false);
        }
    }

    synchronized boolean isStopped() {
        return stopped;
    }
}
