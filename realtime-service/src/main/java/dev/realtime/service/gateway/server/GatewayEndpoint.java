package dev.realtime.service.gateway.server;

import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.frontdoor.routing.ChannelEndpoint;
import dev.realtime.frontdoor.routing.EndpointPath;
import dev.realtime.service.cors.OriginPolicy;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.socketio.engine.EngineIo;
import dev.realtime.socketio.engine.HandshakeReader;
import dev.realtime.socketio.engine.RemoteClient;
import dev.realtime.socketio.engine.session.EngineSessions;
import dev.realtime.socketio.engine.session.SessionOpener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import org.springframework.stereotype.Component;

/** Connects the gateway to the front door. */
@Component
final class GatewayEndpoint implements ChannelEndpoint {

    private final EndpointPath path;
    private final EngineIo engine;

    GatewayEndpoint(
            EngineProperties properties,
            HandshakeProperties handshakes,
            EngineSessions sessions,
            OriginPolicy origins,
            AbuseMetrics metrics,
            SessionOpener opener) {
        this.path = new EndpointPath(properties.path());
        this.engine = new EngineIo(
                sessions,
                new HandshakeReader(handshakes.tokenCookie()),
                (channel, request) -> client(channel),
                (origin, client) -> origins.allows(origin, client.host(), client.secure()),
                new EngineMetrics(metrics),
                opener);
    }

    /** The client as the front door determined it. */
    private static RemoteClient client(Channel channel) {
        ClientAddress client = ClientAddress.of(channel);
        return new RemoteClient(client.address(), client.host(), "https".equals(client.scheme()));
    }

    @Override
    public EndpointPath path() {
        return path;
    }

    @Override
    public void configure(ChannelPipeline pipeline) {
        engine.addTo(pipeline);
    }
}
