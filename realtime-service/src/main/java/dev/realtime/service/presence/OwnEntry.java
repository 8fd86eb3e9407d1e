package dev.realtime.service.presence;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketDelta;
import dev.realtime.contracts.SocketPresence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of this instance's sockets as Redis has it, and what has to be written for it to be as it is now. Not thread-safe.
 *
 * <p>A write that is not known to have happened may have happened: its fields are in doubt, and are written or deleted
 * again with the next change, whatever it is.
 */
final class OwnEntry {

    private final String reference;
    private final SocketFields fields;

    /** As Redis and the others have it; null before it was written for the first time. */
    private @Nullable SocketPresence written;
    /** What the next room's field has as its value. */
    private long nextRoom;

    private Set<String> doubtful = Set.of();

    OwnEntry(String reference, SocketFields fields) {
        this.reference = reference;
        this.fields = fields;
    }

    /**
     * A change that is to be written.
     *
     * @param entry whose it is
     * @param now the socket after it; null when it is gone
     * @param delta what the others need to know; null when they need to know all of it
     * @param puts fields and their values
     * @param deletes fields
     */
    record Change(
            OwnEntry entry,
            @Nullable SocketPresence now,
            @Nullable SocketDelta delta,
            Map<String, String> puts,
            List<String> deletes) {

        String reference() {
            return entry.reference;
        }

        /** It is about to be written. */
        void begin() {
            Set<String> touched = new HashSet<>(entry.doubtful);
            touched.addAll(puts.keySet());
            touched.addAll(deletes);
            entry.doubtful = touched;
        }

        /** It was written. */
        void finish() {
            entry.doubtful = Set.of();
            entry.written = now;
        }
    }

    /** Whether Redis has it, or may have it. */
    boolean isThere() {
        return written != null || !doubtful.isEmpty();
    }

    /** What is to be written for the socket to be so; empty when it is. */
    Optional<Change> become(SocketPresence now) {
        SocketPresence before = written;
        SocketDelta delta = before == null || !doubtful.isEmpty()
                ? null
                : SocketDelta.between(before, now).orElse(null);
        if (delta != null && !delta.changesAnything()) {
            return Optional.empty();
        }
        Map<String, String> puts = new LinkedHashMap<>();
        Set<String> deletes = new LinkedHashSet<>(doubtful);
        if (delta == null) {
            puts.put(reference, fields.identity(now));
            deletes.addAll(varying(before));
            // The identity says the transport now.
            deletes.add(SocketFields.transport(reference));
        } else if (delta.transport() != null) {
            puts.put(SocketFields.transport(reference), delta.transport());
        }
        (delta == null ? now.rooms() : delta.joined())
                .forEach(room -> puts.put(SocketFields.room(reference, room), String.valueOf(nextRoom++)));
        if (delta != null) {
            delta.left().forEach(room -> deletes.add(SocketFields.room(reference, room)));
        }
        if (delta == null || delta.queue() != null) {
            if (now.queueOrZero() > 0) {
                puts.put(SocketFields.queue(reference), String.valueOf(now.queueOrZero()));
            } else if (delta != null) {
                deletes.add(SocketFields.queue(reference));
            }
        }
        deletes.removeAll(puts.keySet());
        return Optional.of(new Change(this, now, delta, puts, List.copyOf(deletes)));
    }

    /** What is to be written for the socket to be gone. */
    Change vanish() {
        Set<String> deletes = new LinkedHashSet<>(doubtful);
        deletes.add(reference);
        deletes.add(SocketFields.transport(reference));
        deletes.addAll(varying(written));
        return new Change(this, null, null, Map.of(), new ArrayList<>(deletes));
    }

    private List<String> varying(@Nullable SocketPresence socket) {
        List<String> varying = new ArrayList<>();
        if (socket != null) {
            for (Room room : socket.rooms()) {
                varying.add(SocketFields.room(reference, room));
            }
            if (socket.queueOrZero() > 0) {
                varying.add(SocketFields.queue(reference));
            }
        }
        return varying;
    }
}
