package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.RequestError;

/** Hears what metrics count. Called on event loops and other threads; must not block. */
public interface EngineObserver {

    /** Hears nothing. */
    EngineObserver NONE = new EngineObserver() {};

    /** A request was refused before there was a session for it, or instead of its session's answer. */
    default void refused(RequestError error) {}

    /** A session ended, in whatever way. */
    default void ended(EndReason reason) {}
}
