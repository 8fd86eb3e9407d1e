package dev.realtime.service.gateway.sockets;

import dev.realtime.service.recovery.MissedEvents;
import dev.realtime.service.recovery.SavedSession;
import dev.realtime.service.recovery.SessionRef;
import dev.realtime.stream.binder.redis.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * The session that a connection owns, so that its client can recover it.
 *
 * @param ref the session's reference in Redis
 * @param resumed what the client recovered; null for a new session
 */
record Session(SessionRef ref, @Nullable Resumed resumed) {

    /**
     * A session that a client recovered.
     *
     * @param saved the saved session
     * @param from the position of the last event that the client has
     * @param restarts {@link MissedEvents#restarts()}, read before the position was judged
     */
    record Resumed(SavedSession saved, StreamId from, int restarts) {}
}
