package dev.realtime.service.gateway.sockets;

import dev.realtime.service.recovery.MissedEvents;
import dev.realtime.service.recovery.SavedSession;
import dev.realtime.service.recovery.SessionRef;
import dev.realtime.stream.binder.redis.wire.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * The session that a connection owns, so that its client can come back to it.
 *
 * @param ref what it is called in Redis
 * @param resumed what the client came back to; null for a new one
 */
record Session(SessionRef ref, @Nullable Resumed resumed) {

    /**
     * A session that a client came back to.
     *
     * @param saved what was known of it
     * @param from the position of the last event that the client has
     * @param restarts {@link MissedEvents#restarts()} before that was judged
     */
    record Resumed(SavedSession saved, StreamId from, int restarts) {}
}
