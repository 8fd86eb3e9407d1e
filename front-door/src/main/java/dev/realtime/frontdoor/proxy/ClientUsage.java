package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.address.ClientKey;
import java.util.HashMap;
import java.util.Map;

/** Counts how many of something each client uses. For one thread. */
final class ClientUsage {

    private final Map<ClientKey, Integer> used = new HashMap<>();

    int of(ClientKey client) {
        return used.getOrDefault(client, 0);
    }

    /** Adds to a client's count, or subtracts; a client with a count of zero is forgotten. */
    void add(ClientKey client, int more) {
        used.merge(client, more, (had, change) -> had + change == 0 ? null : had + change);
    }
}
