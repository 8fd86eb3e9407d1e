package dev.realtime.service.presence;

import dev.realtime.contracts.SocketPresence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sockets by their ids. A reconnected client keeps its id, and its former instance may still list it for some time: the
 * socket that connected last counts. Not thread-safe.
 */
final class SocketIndex {

    private final ObjIntConsumer<SocketPresence> counting;
    /** Almost always one socket per id. Lists are replaced, never modified. */
    private final Map<String, List<SocketPresence>> byId = new HashMap<>();

    /** Creates an index that reports each socket with 1 when it begins to count, and with -1 when it stops. */
    SocketIndex(ObjIntConsumer<SocketPresence> counting) {
        this.counting = counting;
    }

    void add(SocketPresence socket) {
        List<SocketPresence> known = byId.get(socket.socketId());
        if (known == null) {
            become(socket.socketId(), List.of(socket));
        } else {
            List<SocketPresence> more = new ArrayList<>(known);
            more.add(socket);
            become(socket.socketId(), List.copyOf(more));
        }
    }

    /** Removes exactly this socket. Does nothing if it is absent. */
    void remove(SocketPresence socket) {
        List<SocketPresence> known = byId.getOrDefault(socket.socketId(), List.of());
        become(
                socket.socketId(),
                known.stream().filter(other -> other != socket).toList());
    }

    private void become(String socketId, List<SocketPresence> sockets) {
        SocketPresence before = find(socketId);
        if (sockets.isEmpty()) {
            byId.remove(socketId);
        } else {
            byId.put(socketId, sockets);
        }
        SocketPresence after = find(socketId);
        if (before == after) {
            return;
        }
        if (before != null) {
            counting.accept(before, -1);
        }
        if (after != null) {
            counting.accept(after, 1);
        }
    }

    @Nullable
    SocketPresence find(String socketId) {
        List<SocketPresence> sockets = byId.get(socketId);
        return sockets == null ? null : latest(sockets);
    }

    private static SocketPresence latest(List<SocketPresence> sockets) {
        return sockets.size() == 1
                ? sockets.getFirst()
                : sockets.stream()
                        .max(Comparator.comparing(SocketPresence::connectedAt))
                        .orElseThrow();
    }

    /** The sockets that count, unordered. */
    List<SocketPresence> all() {
        return byId.values().stream().map(SocketIndex::latest).toList();
    }

    int size() {
        return byId.size();
    }
}
