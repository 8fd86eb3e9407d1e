package dev.realtime.service.gateway.server;

import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineObserver;
import dev.realtime.socketio.engine.wire.RequestError;

/** Counts the requests that the engine refuses and the sessions that end. */
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
