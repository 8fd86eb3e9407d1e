package dev.realtime.service.redis;

import dev.realtime.service.health.HealthProblems;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How full Redis is. Events are refused before Redis is completely full, so that presence, commands and the audit still
 * have room; they are accepted again once memory is clearly below the limit.
 *
 * <p>Metric: {@code realtime.redis.memory.used.ratio}, NaN if the size of Redis' memory is unknown.
 */
@Component
public final class RedisMemory implements HealthProblems {

    private static final Logger log = LoggerFactory.getLogger(RedisMemory.class);

    /** How far below a threshold the ratio must fall before the threshold counts as left. */
    private static final double CLEARLY = 0.05;

    private static final double MEGABYTE = 1024 * 1024;

    private enum Level {
        ENOUGH,
        FILLING,
        FULL
    }

    private record State(Level level, double ratio, long used, long of) {}

    private final RedisMemoryProperties properties;
    private volatile State state = new State(Level.ENOUGH, Double.NaN, 0, 0);
    /** Read for every event. */
    private volatile boolean full;

    RedisMemory(RedisMemoryProperties properties, MeterRegistry meters) {
        this.properties = properties;
        Gauge.builder("realtime.redis.memory.used.ratio", this, memory -> memory.state.ratio)
                .description("Used share of Redis' maxmemory, or of the configured size")
                .register(meters);
    }

    /** Whether events must be refused: one volatile read. */
    public boolean isFull() {
        return full;
    }

    /** Whether Redis is full or will be soon. */
    boolean isFilling() {
        return state.level != Level.ENOUGH;
    }

    /**
     * Takes Redis' latest numbers. Called by one thread.
     *
     * @param used bytes
     * @param maxmemory bytes; 0 for no limit
     */
    void observe(long used, long maxmemory) {
        long of = maxmemory > 0
                ? maxmemory
                : properties.size() == null ? 0 : properties.size().toBytes();
        State before = state;
        double ratio = of == 0 ? Double.NaN : (double) used / of;
        State now = new State(level(before.level, ratio), ratio, used, of);
        state = now;
        full = now.level == Level.FULL;
        if (now.level != before.level) {
            tell(before.level, now);
        }
    }

    private Level level(Level before, double ratio) {
        if (ratio >= properties.refuseAt() - (before == Level.FULL ? CLEARLY : 0)) {
            return Level.FULL;
        }
        if (ratio >= properties.alarmAt() - (before == Level.ENOUGH ? 0 : CLEARLY)) {
            return Level.FILLING;
        }
        return Level.ENOUGH;
    }

    private void tell(Level before, State now) {
        if (now.level.compareTo(before) > 0) {
            log.warn(
                    "{}. {}",
                    text(now),
                    now.level == Level.FULL ? "Events are refused until memory is free. " + remedy() : remedy());
        } else {
            log.info("{}{}", text(now), before == Level.FULL ? "; events are accepted again" : "");
        }
    }

    @Override
    public List<String> problems() {
        State now = state;
        return switch (now.level) {
            case ENOUGH -> List.of();
            case FILLING -> List.of("redis_memory: " + text(now) + ". " + remedy());
            case FULL ->
                List.of(RedisRefusal.FULL.code().code() + ": " + text(now) + "; events are refused. " + remedy());
        };
    }

    private static String text(State now) {
        return String.format(
                Locale.ROOT,
                "Redis uses %.0f %% of its memory (%.1f of %.1f MB)",
                now.ratio * 100,
                now.used / MEGABYTE,
                now.of / MEGABYTE);
    }

    private static String remedy() {
        return "Raise its maxmemory, or lower realtime.events.max-bytes.";
    }
}
