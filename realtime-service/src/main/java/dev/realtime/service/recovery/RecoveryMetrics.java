package dev.realtime.service.recovery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * How often clients come back to a session: {@code realtime.recovery.asked}, {@code realtime.recovery.recovered} by
 * {@code source}, and {@code realtime.recovery.refused} by {@code reason}. All are there from the start.
 */
@Component
public final class RecoveryMetrics {

    /** Where what was missed came from. */
    public enum Source {
        /** All of it from memory. */
        RING,
        /** Some of it from the stream. */
        STREAM
    }

    /** Why a client that came back has a new session. */
    public enum Refusal {
        /** Its CONNECT says nothing of who it is. */
        NO_IDENTITY,
        /** No such session of this user: it has ended, or its time is over. */
        UNKNOWN,
        /** The stream no longer reaches back to what the client had last. */
        EXPIRED,
        /** Redis lost data since. */
        EPOCH,
        /** Its instance missed events, or could not tell Redis of changes. */
        CONTINUITY,
        /** What it says of where it was is no position of ours. */
        POSITION_INVALID,
        /** Redis was away for too long; it is asked to come again. */
        AWAY
    }

    private final Counter asked;
    private final Map<Source, Counter> recovered = new EnumMap<>(Source.class);
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    public RecoveryMetrics(MeterRegistry meters) {
        asked = Counter.builder("realtime.recovery.asked")
                .description("Clients that came back and named the session they had")
                .register(meters);
        for (Source source : Source.values()) {
            recovered.put(
                    source,
                    Counter.builder("realtime.recovery.recovered")
                            .description("Sessions recovered, by where what was missed came from")
                            .tag("source", lower(source))
                            .register(meters));
        }
        for (Refusal reason : Refusal.values()) {
            refused.put(
                    reason,
                    Counter.builder("realtime.recovery.refused")
                            .description("Clients that came back and have a new session, by why")
                            .tag("reason", lower(reason))
                            .register(meters));
        }
    }

    /** A client came back and named its session. */
    public void asked() {
        asked.increment();
    }

    /** It has its session again, and all that it missed. */
    public void recovered(Source source) {
        Objects.requireNonNull(recovered.get(source)).increment();
    }

    /** It does not have its session again. */
    public void refused(Refusal reason) {
        Objects.requireNonNull(refused.get(reason)).increment();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
