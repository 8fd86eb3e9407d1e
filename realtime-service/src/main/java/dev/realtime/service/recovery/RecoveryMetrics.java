package dev.realtime.service.recovery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * How often clients ask to recover a session, and what comes of it: {@code realtime.recovery.asked},
 * {@code realtime.recovery.recovered} by {@code source}, and {@code realtime.recovery.refused} by {@code reason}. All
 * counters exist from the start.
 */
@Component
public final class RecoveryMetrics {

    /** Where the missed events came from. */
    public enum Source {
        /** All of them from memory. */
        RING,
        /** Some of them from the stream. */
        STREAM
    }

    /** Why a reconnecting client has a new session. */
    public enum Refusal {
        /** Its CONNECT has no token. */
        NO_IDENTITY,
        /** This user has no such session: it ended or expired. */
        UNKNOWN,
        /** The stream no longer reaches back to the client's last position. */
        EXPIRED,
        /** Redis has lost data since. */
        EPOCH,
        /** The session's instance missed events, or could not save changes to Redis. */
        CONTINUITY,
        /** The client's offset is not a position. */
        POSITION_INVALID,
        /** Redis was unavailable for too long; the client is asked to try again. */
        AWAY
    }

    private final Counter asked;
    private final Map<Source, Counter> recovered = new EnumMap<>(Source.class);
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    public RecoveryMetrics(MeterRegistry meters) {
        asked = Counter.builder("realtime.recovery.asked")
                .description("Clients that reconnected and asked to recover a session")
                .register(meters);
        for (Source source : Source.values()) {
            recovered.put(
                    source,
                    Counter.builder("realtime.recovery.recovered")
                            .description("Sessions recovered, by the source of the missed events")
                            .tag("source", lower(source))
                            .register(meters));
        }
        for (Refusal reason : Refusal.values()) {
            refused.put(
                    reason,
                    Counter.builder("realtime.recovery.refused")
                            .description("Clients that reconnected and got a new session, by reason")
                            .tag("reason", lower(reason))
                            .register(meters));
        }
    }

    /** A client asked to recover its session. */
    public void asked() {
        asked.increment();
    }

    /** The client recovered its session, with everything it missed. */
    public void recovered(Source source) {
        Objects.requireNonNull(recovered.get(source)).increment();
    }

    /** The client did not recover its session. */
    public void refused(Refusal reason) {
        Objects.requireNonNull(refused.get(reason)).increment();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
