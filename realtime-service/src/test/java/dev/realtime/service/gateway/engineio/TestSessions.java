package dev.realtime.service.gateway.engineio;

import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.gateway.budget.TestBudgets;
import dev.realtime.service.gateway.engineio.EngineRequest.RefusedException;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.limits.LimitProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Sessions without a front door. */
final class TestSessions {

    private static final DataSize GIGABYTE = DataSize.ofGigabytes(1);

    private TestSessions() {}

    /** A session of a client on this machine that has an identity, in a registry of its own. */
    static EngineSession open(EngineProperties properties, EventLoop home) {
        return open(of(properties), Revision.V4, home);
    }

    /** A session of a client on this machine that has no identity, in a registry of its own. */
    static EngineSession anonymous(EngineProperties properties, EventLoop home) {
        return create(of(properties), Revision.V4, home);
    }

    /** A session of a client on this machine that has an identity. */
    static EngineSession open(EngineSessions sessions, Revision revision, EventLoop home) {
        EngineSession session = create(sessions, revision, home);
        session.standing().identify("user:17");
        return session;
    }

    private static EngineSession create(EngineSessions sessions, Revision revision, EventLoop home) {
        try {
            return sessions.create(new Handshake(revision, InetAddress.getLoopbackAddress(), null, null), home);
        } catch (RefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A registry of sessions whose bounds are out of reach. */
    static EngineSessions of(EngineProperties properties) {
        MeterRegistry meters = new SimpleMeterRegistry();
        ClientLimits limits = new ClientLimits(
                new LimitProperties(50, Duration.ofSeconds(2), 20, 1_000_000, 1_000_000, GIGABYTE, GIGABYTE, 2, 20),
                address -> false);
        return new EngineSessions(
                InstanceName.random(), properties, limits, TestBudgets.usual(meters), new AbuseMetrics(meters), meters);
    }
}
