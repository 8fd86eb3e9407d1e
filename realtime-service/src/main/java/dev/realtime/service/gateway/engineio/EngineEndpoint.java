package dev.realtime.service.gateway.engineio;

import dev.realtime.service.gateway.frontdoor.GatewayPath;
import dev.realtime.service.gateway.frontdoor.SocketIoEndpoint;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import org.springframework.stereotype.Component;

/** The gateway's side of the front door. */
@Component
final class EngineEndpoint implements SocketIoEndpoint {

    private final EngineServices services;
    private final GatewayPath path;
    private final WebSocketDecoderConfig frames;

    EngineEndpoint(EngineServices services) {
        this.services = services;
        this.path = services.properties().gatewayPath();
        this.frames = WebSocketHandshake.frames(services.properties().maxPayload());
    }

    @Override
    public GatewayPath path() {
        return path;
    }

    @Override
    public void configure(ChannelPipeline pipeline) {
        pipeline.addLast("engine", new EngineRequestHandler(services, path, frames));
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
