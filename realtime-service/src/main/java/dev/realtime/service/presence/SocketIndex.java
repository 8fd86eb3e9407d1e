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
 * Sockets by their ids. A client that came back has the id that it had, and the instance where it was before may list it for
 * some time still: the socket that connected last is the one that counts. Not thread-safe.
 */
final class SocketIndex {

    private final ObjIntConsumer<SocketPresence> counting;
    /** Nearly always one. Lists are replaced and never changed. */
    private final Map<String, List<SocketPresence>> byId = new HashMap<>();

    /** One that tells of each socket by 1 when it begins to count, and by -1 when it does no longer. */
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

    /** Takes out this very socket. One that is not there is fine. */
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

    /** Those that count, in no order. */
    List<SocketPresence> all() {
        return byId.values().stream().map(SocketIndex::latest).toList();
    }

    int size() {
        return byId.size();
    }
}
