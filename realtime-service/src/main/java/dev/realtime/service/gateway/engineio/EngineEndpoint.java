package dev.realtime.service.gateway.engineio;

import dev.realtime.service.cors.OriginPolicy;
import dev.realtime.service.gateway.frontdoor.SocketIoEndpoint;
import io.netty.channel.ChannelPipeline;
import org.springframework.stereotype.Component;

/** The gateway's side of the front door. */
@Component
final class EngineEndpoint implements SocketIoEndpoint {

    /** Where stock clients connect to, unless they are told otherwise. */
    static final String PATH = "/socket.io";

    private final EngineSessions sessions;
    private final HandshakeReader handshakes;
    private final OriginPolicy origins;
    private final EngineProperties properties;
    private final SessionOpener opener;

    EngineEndpoint(
            EngineSessions sessions,
            HandshakeReader handshakes,
            OriginPolicy origins,
            EngineProperties properties,
            SessionOpener opener) {
        this.sessions = sessions;
        this.handshakes = handshakes;
        this.origins = origins;
        this.properties = properties;
        this.opener = opener;
    }

    @Override
    public void configure(ChannelPipeline pipeline) {
        pipeline.addLast("engine", new EngineRequestHandler(sessions, handshakes, origins, properties, opener));
    }

    /** The data of the OPEN packet (protocol, section "Handshake"). */
    static String handshakeJson(EngineSession session, boolean canUpgrade) {
        EngineProperties properties = session.properties();
        return "{\"sid\":\"" + session.id() + "\",\"upgrades\":" + (canUpgrade ? "[\"websocket\"]" : "[]")
                + ",\"pingInterval\":" + properties.pingInterval().toMillis()
                + ",\"pingTimeout\":" + properties.pingTimeout().toMillis()
                + ",\"maxPayload\":" + properties.maxPayload() + "}";
    }
}
