package dev.realtime.service.gateway.engineio;

import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.fanout.Backlogs;
import dev.realtime.service.gateway.budget.BudgetProperties;
import dev.realtime.service.gateway.budget.ByteBudgets;
import dev.realtime.service.gateway.engineio.EngineRequest.RefusedException;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.limits.LimitProperties;
import dev.realtime.service.gateway.limits.TokenBucket;
import dev.realtime.service.gateway.timers.TimerWheels;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The sessions of this instance by their ids. */
@Component
public final class EngineSessions {

    private static final int ID_BYTES = 18;
    private static final int MESSAGES_HELD = 3;

    /** Many small messages may wait where large ones may not come. */
    private static final int LEAST_HELD = 256 * 1024;

    private final SecureRandom random = new SecureRandom();
    private final String instanceTag;
    private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final Backlogs backlogs = new Backlogs();
    private final EngineProperties properties;
    private final ClientLimits limits;
    private final ByteBudgets budgets;
    private final int anonymousBytes;
    private final int identifiedBytes;
    private final AbuseMetrics metrics;
    private final TimerWheels timers;
    private volatile BooleanSupplier refusing = () -> false;

    public EngineSessions(
            InstanceName self,
            EngineProperties properties,
            ClientLimits limits,
            ByteBudgets budgets,
            AbuseMetrics metrics,
            MeterRegistry meters) {
        this.instanceTag = self.value();
        this.properties = properties;
        this.limits = limits;
        this.budgets = budgets;
        this.anonymousBytes = (int) budgets.properties().beforeIdentity().toBytes();
        this.identifiedBytes = identifiedBytes(properties, budgets.properties());
        this.metrics = metrics;
        this.timers = new TimerWheels(properties.timerTick());
        Gauge.builder("realtime.engine.sessions", sessions, Map::size)
                .description("Open Engine.IO sessions, with an identity or not")
                .register(meters);
    }

    /** Whether any session's queue has become long. */
    public Backlogs backlogs() {
        return backlogs;
    }

    /** How many bytes wait for all clients together, a packet for many of them counted for each. */
    long queuedBytes() {
        long bytes = 0;
        for (EngineSession session : sessions.values()) {
            bytes += session.queuedBytes();
        }
        return bytes;
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

    /**
     * What a session may hold: a message while it comes, one that waits and one that is handled.
     *
     * @throws IllegalArgumentException when that is more than a client may hold in all
     */
    private static int identifiedBytes(EngineProperties engine, BudgetProperties budget) {
        int bytes = Math.max(LEAST_HELD, MESSAGES_HELD * engine.maxPayload());
        if (bytes > budget.perClient().toBytes()) {
            throw new IllegalArgumentException("realtime.budget.per-client must be at least " + MESSAGES_HELD
                    + " times realtime.engine.max-payload, " + bytes + " bytes, but is " + budget.perClient());
        }
        return bytes;
    }

    /** Refuses new sessions by 503 while the condition holds; it is asked on event loops. */
    public void refuseWhile(BooleanSupplier condition) {
        refusing = condition;
    }

    /**
     * A new session, which must be started or ended. Refused when its address has too many without an identity, or while
     * {@link #refuseWhile} says so.
     */
    EngineSession create(Handshake handshake, EventLoop home) throws RefusedException {
        if (refusing.getAsBoolean()) {
            throw new RefusedException(RequestError.DRAINING);
        }
        InetAddress client = handshake.clientAddress();
        if (!limits.hasRoomFor(client)) {
            throw new RefusedException(RequestError.TOO_MANY_SESSIONS);
        }
        LimitProperties rate = limits.properties();
        TokenBucket bucket = new TokenBucket(rate.packetsPerSecond(), rate.packetBurst(), System.nanoTime());
        Standing standing = new Standing(budgets.open(client, identifiedBytes), limits, client, anonymousBytes);
        EngineSession session = new EngineSession(
                instanceTag + "." + randomText(ID_BYTES),
                handshake,
                properties,
                this,
                home,
                timers.of(home),
                bucket,
                standing);
        sessions.put(session.id(), session);
        return session;
    }

    /** A session is over. */
    void remove(EngineSession session, EndReason reason) {
        if (sessions.remove(session.id(), session)) {
            metrics.ended(reason);
        }
    }

    private String randomText(int bytes) {
        byte[] text = new byte[bytes];
        random.nextBytes(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
}
