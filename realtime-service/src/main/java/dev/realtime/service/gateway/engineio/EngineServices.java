package dev.realtime.service.gateway.engineio;

import dev.realtime.service.cors.OriginPolicy;
import org.springframework.stereotype.Component;

/** What every connection's requests need. */
@Component
record EngineServices(
        EngineSessions sessions,
        HandshakeReader handshakes,
        OriginPolicy origins,
        EngineProperties properties,
        SessionOpener opener) {}
