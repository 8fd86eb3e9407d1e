package dev.realtime.service.gateway.frontdoor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the front door counts: {@code realtime.frontdoor.connections} (gauge, WebSockets too),
 * {@code realtime.frontdoor.requests} by {@code route} (gateway, direct, proxied), {@code realtime.frontdoor.refused} by
 * {@code code} (what the front door answered itself: bad framing, 502, 503, 504), and
 * {@code realtime.frontdoor.truncated} (responses the back end did not finish).
 */
final class FrontDoorMetrics {

    private final MeterRegistry registry;
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter gateway;
    private final Counter direct;
    private final Counter proxied;
    private final Counter truncated;

    FrontDoorMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("realtime.frontdoor.connections", connections);
        gateway = registry.counter("realtime.frontdoor.requests", "route", "gateway");
        direct = registry.counter("realtime.frontdoor.requests", "route", "direct");
        proxied = registry.counter("realtime.frontdoor.requests", "route", "proxied");
        truncated = registry.counter("realtime.frontdoor.truncated");
    }

    void connected() {
        connections.incrementAndGet();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void gatewayRequest() {
        gateway.increment();
    }

    void directRequest() {
        direct.increment();
    }

    void proxiedRequest() {
        proxied.increment();
    }

    void truncated() {
        truncated.increment();
    }

    void refused(Refusal refusal) {
        registry.counter("realtime.frontdoor.refused", "code", refusal.code()).increment();
    }
}
