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
 * One of this instance's sockets as Redis has it, and the change that brings Redis up to date. Not thread-safe.
 *
 * <p>A write without a known result may have happened: its fields are in doubt, and are written or deleted again with
 * the next change.
 */
final class OwnEntry {

    private final String reference;
    private final SocketFields fields;

    /** The socket as Redis and the other instances have it; null before the first write. */
    private @Nullable SocketPresence written;
    /** The value of the next room's field. */
    private long nextRoom;

    private Set<String> doubtful = Set.of();

    OwnEntry(String reference, SocketFields fields) {
        this.reference = reference;
        this.fields = fields;
    }

    /**
     * A change to be written.
     *
     * @param entry the entry that the change belongs to
     * @param now the socket after the change; null if it is gone
     * @param delta what the other instances need to know; null if they need the whole socket
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

        /** Notes that the change is about to be written. */
        void begin() {
            Set<String> touched = new HashSet<>(entry.doubtful);
            touched.addAll(puts.keySet());
            touched.addAll(deletes);
            entry.doubtful = touched;
        }

        /** Notes that the change was written. */
        void finish() {
            entry.doubtful = Set.of();
            entry.written = now;
        }
    }

    /** Whether Redis has the entry, or may have it. */
    boolean isThere() {
        return written != null || !doubtful.isEmpty();
    }

    /** The change that brings Redis to this state of the socket; empty if there is none. */
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
            // The identity field now includes the transport.
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

    /** The change that removes the socket from Redis. */
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
