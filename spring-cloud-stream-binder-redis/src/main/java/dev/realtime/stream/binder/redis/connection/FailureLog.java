package dev.realtime.stream.binder.redis.connection;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Logs when an operation starts to fail, fails in another way, or works again; repeated failures of the same kind are
 * logged at DEBUG only. Thread-safe. Remembers one entry per failing operation, so the names must be bounded.
 */
public final class FailureLog {

    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private final Logger log;

    /** @param log the logger to write to */
    public FailureLog(Logger log) {
        this.log = log;
    }

    /** Records a failure. */
    public void failed(String what, Throwable failure) {
        String summary = Failures.summary(failure);
        if (!Objects.equals(failing.put(what, summary), summary)) {
            log.warn("{} fails: {}", what, summary);
        }
        log.debug("{} failed", what, failure);
    }

    /** Records a success. Almost free while nothing fails. */
    public void succeeded(String what) {
        if (!failing.isEmpty() && failing.remove(what) != null) {
            log.info("{} works again", what);
        }
    }
}
