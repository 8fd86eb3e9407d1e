package dev.realtime.service.gateway.server;

import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.gateway.budget.ByteBudgets;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.limits.LimitProperties;
import dev.realtime.socketio.engine.session.Backlogs;
import dev.realtime.socketio.engine.session.EngineSessions;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.session.SessionLimits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up the Engine.IO sessions of this instance. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    /** Session ids begin with the instance's name, so that other instances know who owns them. */
    @Bean
    EngineSessions engineSessions(
            InstanceName self,
            EngineProperties properties,
            ClientLimits limits,
            ByteBudgets budgets,
            AbuseMetrics metrics,
            MeterRegistry meters) {
        EngineSettings settings = properties.settings();
        EngineSessions sessions = new EngineSessions(
                settings,
                sessionLimits(limits.properties(), budgets),
                new SharedBounds(limits, budgets, settings.heldBytes()),
                new EngineMetrics(metrics),
                self.value() + ".",
                new Backlogs(SocketPresence.QUEUE_STEPS.getFirst()));
        Gauge.builder("realtime.engine.sessions", sessions, EngineSessions::size)
                .description("Open Engine.IO sessions, with or without an identity")
                .register(meters);
        return sessions;
    }

    private static SessionLimits sessionLimits(LimitProperties limits, ByteBudgets budgets) {
        return new SessionLimits(limits.packetsPerSecond(), limits.packetBurst(), limits.unidentifiedAfter(), (int)
                budgets.properties().beforeIdentity().toBytes());
    }
}
