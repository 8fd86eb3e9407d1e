package dev.realtime.service.gateway.budget;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** The budgets of the clients that hold bytes at the moment. Thread-safe. */
final class ClientBudgets {

    private final ConcurrentMap<Object, Client> clients = new ConcurrentHashMap<>();
    private final long bound;

    /** Creates budgets of the given number of bytes per client. */
    ClientBudgets(long bound) {
        this.bound = bound;
    }

    /** One client. The count of connections that hold bytes for the client is guarded by the client's map entry. */
    final class Client {

        private final Object key;
        private final AtomicLong held = new AtomicLong();
        private int connections;

        private Client(Object key) {
            this.key = key;
        }

        /** Takes bytes. Returns false, and takes nothing, if the bound would be exceeded. */
        boolean take(long bytes) {
            if (held.addAndGet(bytes) <= bound) {
                return true;
            }
            held.addAndGet(-bytes);
            return false;
        }

        /** Takes bytes regardless of the bound. */
        void takeAnyway(long bytes) {
            held.addAndGet(bytes);
        }

        void give(long bytes) {
            held.addAndGet(-bytes);
        }

        /** Notes that a connection no longer holds bytes for this client. */
        void leave() {
            clients.compute(key, (_, client) -> --connections == 0 ? null : client);
        }

        long held() {
            return held.get();
        }
    }

    /**
     * Returns the client of a key, for a connection that is about to hold bytes and calls {@link Client#leave()} later.
     */
    Client enter(Object key) {
        return clients.compute(key, (_, known) -> {
            Client client = known == null ? new Client(key) : known;
            client.connections++;
            return client;
        });
    }

    int size() {
        return clients.size();
    }
}
