package dev.realtime.service.presence;

import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.presence.OwnEntry.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This instance's sockets as Redis has them, and their references. Not thread-safe.
 */
final class OwnEntries {

    /** How many fields one script writes at most, one socket's aside: others wait for Redis meanwhile. */
    private static final int MOST_FIELDS = 1_000;

    private final SocketFields fields;
    private final Map<String, OwnEntry> entries = new HashMap<>();
    private long references;

    OwnEntries(SocketFields fields) {
        this.fields = fields;
    }

    /** Redis has nothing of this instance. */
    void reset() {
        entries.clear();
        references = 0;
    }

    /** What is to be written for a socket to be so; empty when Redis has it so. */
    Optional<Change> become(SocketPresence now) {
        return entries.computeIfAbsent(
                        now.socketId(), unused -> new OwnEntry(SocketFields.reference(references++), fields))
                .become(now);
    }

    /** What is to be written for a socket to be gone; empty when Redis does not have it. */
    Optional<Change> vanish(String socketId) {
        OwnEntry entry = entries.get(socketId);
        if (entry == null) {
            return Optional.empty();
        }
        if (!entry.isThere()) {
            entries.remove(socketId);
            return Optional.empty();
        }
        return Optional.of(entry.vanish());
    }

    /** A socket is gone from Redis. */
    void forget(String socketId) {
        entries.remove(socketId);
    }

    /** Changes in the order they were given, as many together as one script may write. */
    static List<List<Change>> chunks(List<Change> changes) {
        List<List<Change>> chunks = new ArrayList<>();
        List<Change> chunk = new ArrayList<>();
        int size = 0;
        for (Change change : changes) {
            int more = change.puts().size() + change.deletes().size();
            if (size + more > MOST_FIELDS && !chunk.isEmpty()) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                size = 0;
            }
            chunk.add(change);
            size += more;
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }
}
