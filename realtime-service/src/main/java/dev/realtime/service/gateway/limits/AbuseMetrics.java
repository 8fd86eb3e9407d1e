package dev.realtime.service.gateway.limits;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Counts how often clients hit a limit: {@code realtime.sockets.closed} by {@code code} (a {@link CloseCode}),
 * {@code realtime.sockets.refused} by {@code code} (an {@link ErrorCode}), {@code realtime.engine.refused} by
 * {@code error} (requests refused at the gateway's path), {@code realtime.engine.ended} by {@code reason}. The front
 * door counts its own refusals.
 */
@Component
public final class AbuseMetrics {

    private final MeterRegistry registry;

    public AbuseMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void closed(CloseCode code) {
        count("realtime.sockets.closed", "code", code.code());
    }

    /** A socket, or one of its requests, was refused. */
    public void refused(ErrorCode code) {
        count("realtime.sockets.refused", "code", code.code());
    }

    /** A request was refused before it had a session, or in place of its session's answer. */
    public void refusedRequest(Enum<?> error) {
        count("realtime.engine.refused", "error", lower(error));
    }

    /** A session ended, for any reason. */
    public void ended(Enum<?> reason) {
        count("realtime.engine.ended", "reason", lower(reason));
    }

    private void count(String name, String key, String value) {
        registry.counter(name, key, value).increment();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
