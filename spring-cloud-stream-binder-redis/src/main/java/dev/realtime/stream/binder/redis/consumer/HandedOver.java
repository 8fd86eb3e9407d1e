package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Entries that were handed over and not acknowledged: in the application's hands, or failed. Remembers at most
 * {@value #MOST}, the latest; a reconnect may hand older ones over again. Thread-safe.
 */
final class HandedOver {

    /** More than applications have in their hands. */
    private static final int MOST = 10_000;

    private final Set<String> ids = new LinkedHashSet<>();

    synchronized void add(StreamRecord entry) {
        ids.add(entry.id());
        if (ids.size() > MOST) {
            ids.remove(ids.iterator().next());
        }
    }

    synchronized boolean contains(StreamRecord entry) {
        return ids.contains(entry.id());
    }

    synchronized void remove(StreamRecord entry) {
        ids.remove(entry.id());
    }

    synchronized void clear() {
        ids.clear();
    }
}
