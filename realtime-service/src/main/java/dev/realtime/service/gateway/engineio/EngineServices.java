package dev.realtime.service.gateway.engineio;

import dev.realtime.service.cors.OriginPolicy;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import org.springframework.stereotype.Component;

/** What every connection's requests need. */
@Component
record EngineServices(
        EngineSessions sessions,
        HandshakeReader handshakes,
        OriginPolicy origins,
        EngineProperties properties,
        AbuseMetrics metrics,
        SessionOpener opener) {}
