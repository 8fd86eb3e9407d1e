package dev.realtime.service.gateway.limits;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts what each key has open, up to a bound. Holds only keys that have something open. Thread-safe. */
final class Tally<K> {

    private final ConcurrentMap<K, Integer> counts = new ConcurrentHashMap<>();
    private final int most;

    Tally(int most) {
        this.most = most;
    }

    /** Counts one more. Returns false, and counts nothing, if the key is at the bound. */
    boolean enter(K key) {
        boolean[] entered = {false};
        counts.compute(key, (ignored, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < most;
            return entered[0] ? (Integer) (now + 1) : count;
        });
        return entered[0];
    }

    /** Whether the key is at the bound. */
    boolean isFull(K key) {
        Integer count = counts.get(key);
        return count != null && count >= most;
    }

    /** Counts one less. */
    void leave(K key) {
        counts.computeIfPresent(key, (ignored, count) -> count == 1 ? null : (Integer) (count - 1));
    }
}
