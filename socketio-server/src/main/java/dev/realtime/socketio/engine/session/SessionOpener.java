package dev.realtime.socketio.engine.session;

/** Takes new sessions, for the layer above. */
@FunctionalInterface
public interface SessionOpener {

    /** A session was opened; its handshake is queued. Called on an event loop. */
    SessionListener onOpen(EngineSession session);
}
