package dev.realtime.service.presence;

import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.presence.OwnEntry.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This instance's sockets as Redis has them, with their references. Not thread-safe. */
final class OwnEntries {

    /**
     * Maximum number of fields per script, except for a single larger socket: other clients of Redis wait meanwhile.
     */
    private static final int MOST_FIELDS = 1_000;

    private final SocketFields fields;
    private final Map<String, OwnEntry> entries = new HashMap<>();
    private long references;

    OwnEntries(SocketFields fields) {
        this.fields = fields;
    }

    /** Forgets everything: Redis has nothing of this instance. */
    void reset() {
        entries.clear();
        references = 0;
    }

    /** The change that brings Redis to this state of a socket; empty if Redis has it already. */
    Optional<Change> become(SocketPresence now) {
        return entries.computeIfAbsent(
                        now.socketId(), unused -> new OwnEntry(SocketFields.reference(references++), fields))
                .become(now);
    }

    /** The change that removes a socket from Redis; empty if Redis does not have it. */
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

    /** Notes that a socket is gone from Redis. */
    void forget(String socketId) {
        entries.remove(socketId);
    }

    /** Splits changes into chunks for one script each, preserving their order. */
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
