package dev.realtime.socketio.engine;

import dev.realtime.socketio.engine.session.EngineObserver;
import dev.realtime.socketio.engine.session.EngineSessions;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.session.SessionOpener;
import dev.realtime.socketio.engine.websocket.WebSocketHandshake;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/**
 * Engine.IO for connections whose pipelines decode HTTP/1.1: opens sessions, answers polls, and accepts WebSockets. One
 * object serves all connections; thread-safe.
 */
public final class EngineIo {

    private final EngineSessions sessions;
    private final HandshakeReader handshakes;
    private final ClientResolver clients;
    private final OriginCheck origins;
    private final EngineObserver observer;
    private final SessionOpener opener;
    private final EnginePath path;
    private final WebSocketDecoderConfig frames;

    /**
     * @param handshakes reads what is kept of the request that opens a session
     * @param clients finds the sender of a request
     * @param origins decides which pages may connect
     * @param opener takes new sessions, for the layer above
     * @throws IllegalArgumentException if the sessions' path does not consist of plain segments
     */
    public EngineIo(
            EngineSessions sessions,
            HandshakeReader handshakes,
            ClientResolver clients,
            OriginCheck origins,
            EngineObserver observer,
            SessionOpener opener) {
        this.sessions = sessions;
        this.handshakes = handshakes;
        this.clients = clients;
        this.origins = origins;
        this.observer = observer;
        this.opener = opener;
        this.path = new EnginePath(sessions.settings().path());
        this.frames = WebSocketHandshake.frames(sessions.settings().maxPayload());
    }

    /**
     * Adds the handlers of one connection to the end of its pipeline. They take the connection's requests one after the
     * other, each as a head and its contents, not aggregated, and answer each with one full response; the next request
     * must not come before that. Requests for another path are answered with 404. Responses do not say whether the
     * connection is kept alive; the HTTP handler before these must decide that.
     */
    public void addTo(ChannelPipeline pipeline) {
        pipeline.addLast("engine", new EngineRequestHandler(this));
    }

    public EngineSessions sessions() {
        return sessions;
    }

    public EngineSettings settings() {
        return sessions.settings();
    }

    HandshakeReader handshakes() {
        return handshakes;
    }

    public ClientResolver clients() {
        return clients;
    }

    public OriginCheck origins() {
        return origins;
    }

    public EngineObserver observer() {
        return observer;
    }

    SessionOpener opener() {
        return opener;
    }

    public EnginePath path() {
        return path;
    }

    public WebSocketDecoderConfig frames() {
        return frames;
    }
}
