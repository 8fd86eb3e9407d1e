package dev.realtime.service.health;

import java.util.List;

/**
 * Reports what needs to be fixed, as one concern of the service sees it. Every bean of this type is asked on each
 * request for {@code /health}; while any has a problem, the status is {@code degraded}.
 */
public interface HealthProblems {

    /**
     * A few sentences at most, none when all is well. Where it helps an alarm, a sentence begins with a stable code and
     * a colon: {@code clock_skew: …}. Thread-safe; answers from memory and never blocks.
     */
    List<String> problems();
}
