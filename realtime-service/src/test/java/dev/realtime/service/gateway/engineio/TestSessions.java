package dev.realtime.service.gateway.engineio;

import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.gateway.engineio.EngineRequest.RefusedException;
import dev.realtime.service.gateway.frontdoor.TrustedProxies;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.limits.LimitProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;

/** Sessions without a front door. */
final class TestSessions {

    private TestSessions() {}

    /** A session of a client on this machine, in a registry of its own. */
    static EngineSession open(EngineProperties properties, EventLoop home) {
        return open(of(properties), Revision.V4, home);
    }

    /** A session of a client on this machine. */
    static EngineSession open(EngineSessions sessions, Revision revision, EventLoop home) {
        try {
            return sessions.create(new Handshake(revision, InetAddress.getLoopbackAddress(), null, null), home);
        } catch (RefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A registry of sessions whose bounds are out of reach. */
    static EngineSessions of(EngineProperties properties) {
        MeterRegistry meters = new SimpleMeterRegistry();
        ClientLimits limits =
                new ClientLimits(new LimitProperties(200, 20, 1_000_000, 1_000_000), TrustedProxies.parse(List.of()));
        return new EngineSessions(InstanceName.random(), properties, limits, new AbuseMetrics(meters), meters);
    }
}
