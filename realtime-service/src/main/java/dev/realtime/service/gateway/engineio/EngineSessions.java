package dev.realtime.service.gateway.engineio;

import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.fanout.Backlogs;
import dev.realtime.service.gateway.engineio.EngineRequest.RefusedException;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.limits.LimitProperties;
import dev.realtime.service.gateway.limits.TokenBucket;
import dev.realtime.service.gateway.timers.TimerWheels;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The sessions of this instance by their ids. */
@Component
public final class EngineSessions {

    private static final int ID_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final String instanceTag;
    private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final Backlogs backlogs = new Backlogs();
    private final EngineProperties properties;
    private final ClientLimits limits;
    private final AbuseMetrics metrics;
    private final TimerWheels timers;

    public EngineSessions(
            InstanceName self,
            EngineProperties properties,
            ClientLimits limits,
            AbuseMetrics metrics,
            MeterRegistry meters) {
        this.instanceTag = self.value();
        this.properties = properties;
        this.limits = limits;
        this.metrics = metrics;
        this.timers = new TimerWheels(properties.timerTick());
        Gauge.builder("realtime.engine.sessions", sessions, Map::size)
                .description("Open Engine.IO sessions, with an identity or not")
                .register(meters);
    }

    /** This instance's name, which every session id of it begins with. */
    public String instanceTag() {
        return instanceTag;
    }

    /** Whether any session's queue has become long. */
    public Backlogs backlogs() {
        return backlogs;
    }

    public int size() {
        return sessions.size();
    }

    /** The sessions at about this moment. */
    public Collection<EngineSession> all() {
        return List.copyOf(sessions.values());
    }

    @Nullable
    EngineSession find(String id) {
        return sessions.get(id);
    }

    /** A new session, which must be started or ended. Refused when its address has as many as it may. */
    EngineSession create(Handshake handshake, EventLoop home) throws RefusedException {
        if (!limits.enterAddress(handshake.clientAddress())) {
            throw new RefusedException(RequestError.TOO_MANY_SESSIONS);
        }
        LimitProperties rate = limits.properties();
        TokenBucket bucket = new TokenBucket(rate.packetsPerSecond(), rate.packetBurst(), System.nanoTime());
        EngineSession session = new EngineSession(
                instanceTag + "." + randomText(ID_BYTES), handshake, properties, this, home, timers.of(home), bucket);
        sessions.put(session.id(), session);
        return session;
    }

    /** A session is over. */
    void remove(EngineSession session, EndReason reason) {
        if (sessions.remove(session.id(), session)) {
            limits.leaveAddress(session.handshake().clientAddress());
            metrics.ended(reason);
        }
    }

    private String randomText(int bytes) {
        byte[] text = new byte[bytes];
        random.nextBytes(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
}
