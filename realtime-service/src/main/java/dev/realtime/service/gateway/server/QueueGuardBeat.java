package dev.realtime.service.gateway.server;

import dev.realtime.service.gateway.budget.ByteBudgets;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.socketio.engine.session.EngineSessions;
import dev.realtime.socketio.engine.session.QueueGuard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Keeps the queued bytes of all clients together within the instance's share, and measures them. */
@Component
final class QueueGuardBeat extends Beating {

    private final QueueGuard guard;

    QueueGuardBeat(EngineSessions sessions, ByteBudgets budgets, MeterRegistry meters) {
        super("queue-guard");
        this.guard = new QueueGuard(sessions, budgets.queueBound());
        Gauge.builder("realtime.engine.queued", guard, QueueGuard::queuedBytes)
                .description("Queued bytes of all clients, counted for each client")
                .baseUnit("bytes")
                .register(meters);
    }

    @Override
    protected Duration beat() {
        return guard.check();
    }
}
