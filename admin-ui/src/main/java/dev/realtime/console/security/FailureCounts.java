package dev.realtime.console.security;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures of names, or of addresses; not safe for several threads. Those not seen for longest go when it is full. */
final class FailureCounts {

    private record Failures(int count, Instant last) {}

    private final Map<String, Failures> failures;

    FailureCounts(int capacity) {
        this.failures = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                return size() > capacity;
            }
        };
    }

    boolean mustWait(String key, Instant now) {
        Failures known = known(key, now);
        return known != null && now.isBefore(known.last.plus(LoginThrottle.waitAfter(known.count)));
    }

    void add(String key, Instant now) {
        Failures known = known(key, now);
        failures.put(key, new Failures(known == null ? 1 : known.count + 1, now));
    }

    void takeBack(String key) {
        failures.computeIfPresent(
                key, (same, known) -> known.count == 1 ? null : new Failures(known.count - 1, known.last));
    }

    void forget(String key) {
        failures.remove(key);
    }

    int size() {
        return failures.size();
    }

    private @Nullable Failures known(String key, Instant now) {
        Failures known = failures.get(key);
        return known == null || now.isAfter(known.last.plus(LoginThrottle.MEMORY)) ? null : known;
    }
}
