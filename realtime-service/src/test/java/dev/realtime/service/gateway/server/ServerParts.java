package dev.realtime.service.gateway.server;

import dev.realtime.service.gateway.budget.TestBudgets;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.limits.LimitProperties;
import dev.realtime.socketio.engine.session.ClientBounds;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.server.ClosePolicy;
import io.micrometer.core.instrument.MeterRegistry;

/** What this service hands to the Socket.IO server, for tests of both together. */
public final class ServerParts {

    private ServerParts() {}

    /** The usual budgets, and these limits; no address is shared but loopback. */
    public static ClientBounds bounds(LimitProperties limits, EngineSettings settings, MeterRegistry meters) {
        return new SharedBounds(
                new ClientLimits(limits, address -> false), TestBudgets.usual(meters), settings.heldBytes());
    }

    /** The notices that clients get. */
    public static ClosePolicy closes(MeterRegistry meters) {
        return new CloseNotices(new AbuseMetrics(meters));
    }
}
