package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.RequestError;

/** Is notified of what metrics count. Called on event loops and other threads; must not block. */
public interface EngineObserver {

    /** Ignores everything. */
    EngineObserver NONE = new EngineObserver() {};

    /** A request was refused, before it had a session or in place of its session's answer. */
    default void refused(RequestError error) {}

    /** A session ended. */
    default void ended(EndReason reason) {}
}
