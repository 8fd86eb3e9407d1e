package dev.realtime.socketio.engine.session;

/** Takes new sessions: the layer above. */
@FunctionalInterface
public interface SessionOpener {

    /** A session was opened; its handshake has been queued. Called on an event loop. */
    SessionListener onOpen(EngineSession session);
}
