package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.http.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The front door's meters, below a prefix: {@code connections} (gauge, includes WebSockets), {@code requests} by
 * {@code route} (gateway, which is the endpoint, direct, proxied), {@code refused} by {@code code} (what the front door
 * answered itself: bad framing, 502, 503, 504), and {@code truncated} (responses that the back end did not finish).
 */
public final class DoorMetrics {

    private final String prefix;
    private final MeterRegistry registry;
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter endpoint;
    private final Counter direct;
    private final Counter proxied;
    private final Counter truncated;

    /**
     * Registers the meters.
     *
     * @param prefix the meters' names up to the last dot, such as {@code frontdoor}
     */
    public DoorMetrics(MeterRegistry registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
        registry.gauge(prefix + ".connections", connections);
        endpoint = registry.counter(prefix + ".requests", "route", "gateway");
        direct = registry.counter(prefix + ".requests", "route", "direct");
        proxied = registry.counter(prefix + ".requests", "route", "proxied");
        truncated = registry.counter(prefix + ".truncated");
    }

    void connected() {
        connections.incrementAndGet();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void endpointRequest() {
        endpoint.increment();
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
        registry.counter(prefix + ".refused", "code", refusal.code()).increment();
    }
}
