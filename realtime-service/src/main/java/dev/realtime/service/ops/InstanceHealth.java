package dev.realtime.service.ops;

import dev.realtime.service.health.HealthProblems;
import dev.realtime.service.redis.RedisWatch;
import java.util.List;
import org.springframework.stereotype.Component;

/** The health of this instance, from memory: never waits. */
@Component
public final class InstanceHealth {

    private final RedisWatch redis;
    private final List<HealthProblems> concerns;

    InstanceHealth(RedisWatch redis, List<HealthProblems> concerns) {
        this.redis = redis;
        this.concerns = List.copyOf(concerns);
    }

    /** {@code up} or {@code down}. */
    public String redis() {
        return redis.isUp() ? "up" : "down";
    }

    /** Sentences about what an operator must fix, a handful at most; empty if all is well. */
    public List<String> problems() {
        return concerns.stream().flatMap(concern -> concern.problems().stream()).toList();
    }
}
