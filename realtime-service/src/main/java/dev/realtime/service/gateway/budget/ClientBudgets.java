package dev.realtime.service.gateway.budget;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** The budgets of clients that hold something at the moment, and of no others. Thread-safe. */
final class ClientBudgets {

    private final ConcurrentMap<Object, Client> clients = new ConcurrentHashMap<>();
    private final long bound;

    /** Budgets of so many bytes each. */
    ClientBudgets(long bound) {
        this.bound = bound;
    }

    /** One client; how many connections hold something for it is guarded by its entry in the map. */
    final class Client {

        private final Object key;
        private final AtomicLong held = new AtomicLong();
        private int connections;

        private Client(Object key) {
            this.key = key;
        }

        /** Takes bytes; false, and nothing is taken, when there are too many. */
        boolean take(long bytes) {
            if (held.addAndGet(bytes) <= bound) {
                return true;
            }
            held.addAndGet(-bytes);
            return false;
        }

        /** Takes bytes whatever the bound. */
        void takeAnyway(long bytes) {
            held.addAndGet(bytes);
        }

        void give(long bytes) {
            held.addAndGet(-bytes);
        }

        /** A connection holds nothing for it any more. */
        void leave() {
            clients.compute(key, (_, client) -> --connections == 0 ? null : client);
        }

        long held() {
            return held.get();
        }
    }

    /** The client of this key, for a connection that is about to hold something, and leaves it later. */
    Client enter(Object key) {
        return clients.compute(key, (_, known) -> {
            Client client = known == null ? new Client(key) : known;
            client.connections++;
            return client;
        });
    }

    /** How many clients hold something. */
    int size() {
        return clients.size();
    }
}
