package dev.realtime.stream.binder.redis.connection;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Says that something fails when it begins to, when it fails in another way, and when it works again; what fails in the
 * same way again is said at DEBUG only. Thread-safe; knows as many things as its owner has names for.
 */
public final class FailureLog {

    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private final Logger log;

    /** @param log where to say it */
    public FailureLog(Logger log) {
        this.log = log;
    }

    /** It failed. */
    public void failed(String what, Throwable failure) {
        String summary = Failures.summary(failure);
        if (!Objects.equals(failing.put(what, summary), summary)) {
            log.warn("{} fails: {}", what, summary);
        }
        log.debug("{} failed", what, failure);
    }

    /** It worked. Costs next to nothing while nothing fails. */
    public void succeeded(String what) {
        if (!failing.isEmpty() && failing.remove(what) != null) {
            log.info("{} works again", what);
        }
    }
}
