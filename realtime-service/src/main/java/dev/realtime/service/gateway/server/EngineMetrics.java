package dev.realtime.service.gateway.server;

import dev.realtime.service.gateway.engineio.EndReason;
import dev.realtime.service.gateway.engineio.EngineObserver;
import dev.realtime.service.gateway.engineio.RequestError;
import dev.realtime.service.gateway.limits.AbuseMetrics;

/** Counts what the engine refuses and ends. */
record EngineMetrics(AbuseMetrics metrics) implements EngineObserver {

    @Override
    public void refused(RequestError error) {
        metrics.refusedRequest(error);
    }

    @Override
    public void ended(EndReason reason) {
        metrics.ended(reason);
    }
}
