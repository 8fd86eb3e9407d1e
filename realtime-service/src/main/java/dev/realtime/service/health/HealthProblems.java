package dev.realtime.service.health;

import java.util.List;

/**
 * What somebody has to mend, as one concern of the service sees it. Every bean of this type is asked whenever {@code
 * /health} is; while any of them has a problem, the status is {@code degraded}.
 */
public interface HealthProblems {

    /**
     * A few sentences at most, none when all is well. Where it helps an alarm, a sentence begins with a stable code and a
     * colon: {@code clock_skew: …}. Thread-safe; answers from memory and never waits.
     */
    List<String> problems();
}
