package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.address.ClientKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that serves clients in turn, one entry each. One client may have a quarter of the places; if all are
 * taken, the client with the most entries loses its newest one to a client with fewer. For one thread.
 */
final class FairQueue<T> {

    private static final int CLIENT_FRACTION = 4;

    private final int limit;
    /** In the order of their turns. */
    private final Map<ClientKey, Deque<T>> waiting = new LinkedHashMap<>();

    private final Function<T, ClientKey> client;
    private int size;

    /** A queue with this many places; the function names an entry's client. */
    FairQueue(int limit, Function<T, ClientKey> client) {
        this.limit = limit;
        this.client = client;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds an entry and returns the one that lost its place, possibly the same; null if all have one. */
    @Nullable
    T add(T entry) {
        Deque<T> own = waiting.get(client.apply(entry));
        int ownSize = own == null ? 0 : own.size();
        if (ownSize >= Math.max(1, limit / CLIENT_FRACTION)) {
            return entry;
        }
        T dropped = null;
        if (size >= limit) {
            Map.Entry<ClientKey, Deque<T>> longest = longest();
            if (longest.getValue().size() <= ownSize + 1) {
                return entry;
            }
            dropped = longest.getValue().removeLast();
            size--;
        }
        waiting.computeIfAbsent(client.apply(entry), _ -> new ArrayDeque<>()).addLast(entry);
        size++;
        return dropped;
    }

    private Map.Entry<ClientKey, Deque<T>> longest() {
        return waiting.entrySet().stream()
                .max(Map.Entry.comparingByValue((one, other) -> Integer.compare(one.size(), other.size())))
                .orElseThrow();
    }

    /** Takes the next entry of the next client that may be served; null if there is none. */
    @Nullable
    T poll(Predicate<ClientKey> mayBeServed) {
        Iterator<Map.Entry<ClientKey, Deque<T>>> turns = waiting.entrySet().iterator();
        while (turns.hasNext()) {
            Map.Entry<ClientKey, Deque<T>> turn = turns.next();
            if (mayBeServed.test(turn.getKey())) {
                turns.remove();
                Deque<T> own = turn.getValue();
                T next = own.removeFirst();
                size--;
                if (!own.isEmpty()) {
                    waiting.put(turn.getKey(), own);
                }
                return next;
            }
        }
        return null;
    }

    /** Removes an entry, if it waits here. */
    void remove(T entry) {
        Deque<T> own = waiting.get(client.apply(entry));
        if (own != null && own.remove(entry)) {
            size--;
            if (own.isEmpty()) {
                waiting.remove(client.apply(entry));
            }
        }
    }
}
