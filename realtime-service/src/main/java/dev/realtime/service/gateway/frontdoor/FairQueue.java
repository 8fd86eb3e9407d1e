package dev.realtime.service.gateway.frontdoor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waiting exchanges, served by turns: one of each client, then the next one of each. Bounded: one client may have a
 * quarter of the places, and when all are taken the client with the most gives up its newest one to a client with fewer.
 * For one thread.
 */
final class FairQueue {

    private static final int CLIENT_FRACTION = 4;

    private final int limit;
    /** In the order of their turns. */
    private final Map<ClientKey, Deque<ProxiedExchange>> waiting = new LinkedHashMap<>();

    private int size;

    FairQueue(int limit) {
        this.limit = limit;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds an exchange and returns the one that has no place, which may be the same; null when all have one. */
    @Nullable
    ProxiedExchange add(ProxiedExchange exchange) {
        Deque<ProxiedExchange> own = waiting.get(exchange.clientKey());
        int ownSize = own == null ? 0 : own.size();
        if (ownSize >= Math.max(1, limit / CLIENT_FRACTION)) {
            return exchange;
        }
        ProxiedExchange dropped = null;
        if (size >= limit) {
            Map.Entry<ClientKey, Deque<ProxiedExchange>> longest = longest();
            if (longest.getValue().size() <= ownSize + 1) {
                return exchange;
            }
            dropped = longest.getValue().removeLast();
            size--;
        }
        waiting.computeIfAbsent(exchange.clientKey(), _ -> new ArrayDeque<>()).addLast(exchange);
        size++;
        return dropped;
    }

    private Map.Entry<ClientKey, Deque<ProxiedExchange>> longest() {
        return waiting.entrySet().stream()
                .max(Map.Entry.comparingByValue((one, other) -> Integer.compare(one.size(), other.size())))
                .orElseThrow();
    }

    /** Takes the next exchange of the next client that may be served; null when there is none. */
    @Nullable
    ProxiedExchange poll(Predicate<ClientKey> mayBeServed) {
        Iterator<Map.Entry<ClientKey, Deque<ProxiedExchange>>> turns =
                waiting.entrySet().iterator();
        while (turns.hasNext()) {
            Map.Entry<ClientKey, Deque<ProxiedExchange>> turn = turns.next();
            if (mayBeServed.test(turn.getKey())) {
                turns.remove();
                Deque<ProxiedExchange> own = turn.getValue();
                ProxiedExchange next = own.removeFirst();
                size--;
                if (!own.isEmpty()) {
                    waiting.put(next.clientKey(), own);
                }
                return next;
            }
        }
        return null;
    }

    /** Forgets an exchange, if it waits here. */
    void remove(ProxiedExchange exchange) {
        Deque<ProxiedExchange> own = waiting.get(exchange.clientKey());
        if (own != null && own.remove(exchange)) {
            size--;
            if (own.isEmpty()) {
                waiting.remove(exchange.clientKey());
            }
        }
    }

    /** How many connections each client uses. For one thread. */
    static final class Usage {

        private final Map<ClientKey, Integer> used = new HashMap<>();

        int of(ClientKey client) {
            return used.getOrDefault(client, 0);
        }

        void add(ClientKey client, int more) {
            used.merge(client, more, (had, change) -> had + change == 0 ? null : had + change);
        }
    }
}
