package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketDelta;
import dev.realtime.contracts.SocketPresence;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * All sockets of the cluster as this instance knows them, with counts of each kind that are kept up to date, so that no
 * query has to count. Thread-safe.
 */
@Component
public final class ClusterView {

    private static final String NO_GENERATION = "";

    private final Map<String, Owned> owners = new HashMap<>();
    private final SocketIndex sockets = new SocketIndex(this::count);
    private final Counts<String> users = new Counts<>();
    private final Counts<String> roles = new Counts<>();
    private final Counts<String> transports = new Counts<>();
    private final Counts<Room> rooms = new Counts<>();

    private static final class Owned {

        private String generation = NO_GENERATION;
        private long number;
        /** By reference; this instance's own sockets by their ids. */
        private final Map<String, SocketPresence> sockets = new HashMap<>();
    }

    /** The totals at one moment. Sockets without a role are counted in {@code noRole}. */
    public record Totals(
            int sockets,
            int users,
            Map<String, Integer> byRole,
            Map<String, Integer> byTransport,
            Map<String, Integer> byInstance) {}

    public synchronized Totals totals(String noRole) {
        Map<String, Integer> byInstance = new TreeMap<>();
        owners.forEach((instance, owned) -> byInstance.put(instance, owned.sockets.size()));
        Map<String, Integer> byRole = new TreeMap<>();
        roles.counts.forEach((role, count) -> byRole.put(role.isEmpty() ? noRole : role, count));
        return new Totals(sockets.size(), users.counts.size(), byRole, new TreeMap<>(transports.counts), byInstance);
    }

    /** How many sockets are in each room; rooms without sockets have no entry. */
    public synchronized Map<Room, Integer> rooms() {
        return Map.copyOf(rooms.counts);
    }

    /** How many sockets are in each of these rooms, 0 for none. Includes rooms that no list shows. */
    public synchronized Map<Room, Integer> rooms(Collection<Room> wanted) {
        Map<Room, Integer> members = new HashMap<>();
        wanted.forEach(room -> members.put(room, members(room)));
        return members;
    }

    private int members(Room room) {
        return switch (room.kind()) {
            case EVERYONE -> sockets.size();
            case ROLE ->
                roles.counts.entrySet().stream()
                        .filter(role ->
                                Room.role(role.getKey()).filter(room::equals).isPresent())
                        .mapToInt(Map.Entry::getValue)
                        .sum();
            default -> rooms.counts.getOrDefault(room, 0);
        };
    }

    /** How many rooms have at least one socket. */
    public synchronized int roomCount() {
        return rooms.counts.size();
    }

    /** All sockets, unordered. */
    public synchronized List<SocketPresence> sockets() {
        return sockets.all();
    }

    public synchronized Optional<SocketPresence> socket(String socketId) {
        return Optional.ofNullable(sockets.find(socketId));
    }

    /** Whether the user has a socket on any instance. */
    public synchronized boolean isOnline(String userKey) {
        return users.counts.containsKey(userKey);
    }

    /**
     * The instances on which the user has sockets. Iterates over all sockets: meant for occasional requests by
     * administrators.
     */
    public Set<String> instancesOf(String userKey) {
        return isOnline(userKey)
                ? sockets().stream()
                        .filter(socket -> socket.userKey().equals(userKey))
                        .map(SocketPresence::instance)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** The instances that have entries. */
    public synchronized Set<String> instances() {
        return Set.copyOf(owners.keySet());
    }

    // ------------------------------------------------------------------ the instance's own

    /** Applies changes to this instance's own sockets; {@link OwnLedger} keeps their change numbers. */
    synchronized void change(String instance, Collection<SocketPresence> puts, Collection<String> removed) {
        Owned owned = owners.computeIfAbsent(instance, unused -> new Owned());
        removed.forEach(socketId -> forget(owned, socketId));
        puts.forEach(socket -> put(owned, socket.socketId(), socket));
    }

    // ------------------------------------------------------------------ the others'

    /**
     * Applies a batch from another instance.
     *
     * @return false if an earlier batch was missed, so that the instance's entries must be read
     */
    synchronized boolean apply(PresenceBatch batch) {
        Owned owned = owners.get(batch.instance());
        if (batch.endsInstance()) {
            if (owned != null && owned.generation.equals(batch.generation())) {
                drop(batch.instance());
            }
            return true;
        }
        if (batch.number() == 0) {
            replace(new Owner(batch.instance(), batch.generation(), 0, Map.of()));
            return true;
        }
        if (owned == null || !owned.generation.equals(batch.generation()) || batch.number() > owned.number + 1) {
            return false;
        }
        if (batch.number() == owned.number + 1) {
            if (!owned.sockets.keySet().containsAll(batch.changed().keySet())) {
                return false;
            }
            owned.number = batch.number();
            batch.removed().forEach(reference -> forget(owned, reference));
            batch.put().forEach((reference, socket) -> put(owned, reference, socket));
            batch.changed().forEach((reference, delta) -> change(owned, reference, delta));
        }
        return true;
    }

    /** Replaces an instance's entries with those that were read. Does nothing if they are older than the known ones. */
    synchronized void replace(Owner read) {
        Owned owned = owners.computeIfAbsent(read.instance(), unused -> new Owned());
        if (owned.generation.equals(read.generation()) && owned.number >= read.number()) {
            return;
        }
        forgetAll(owned);
        owned.generation = read.generation();
        owned.number = read.number();
        read.sockets().forEach((reference, socket) -> put(owned, reference, socket));
    }

    /** Removes an instance and all its sockets. */
    synchronized void drop(String instance) {
        Owned owned = owners.remove(instance);
        if (owned != null) {
            forgetAll(owned);
        }
    }

    /** The last change of an instance that this view has; null if the instance is unknown. */
    synchronized OwnerRegister.@Nullable Position position(String instance) {
        Owned owned = owners.get(instance);
        return owned == null ? null : new OwnerRegister.Position(owned.generation, owned.number);
    }

    private void put(Owned owned, String reference, SocketPresence socket) {
        forget(owned, reference);
        owned.sockets.put(reference, socket);
        sockets.add(socket);
    }

    private void change(Owned owned, String reference, SocketDelta delta) {
        SocketPresence known = owned.sockets.get(reference);
        if (known != null) {
            put(owned, reference, delta.appliedTo(known));
        }
    }

    private void forget(Owned owned, String reference) {
        SocketPresence known = owned.sockets.remove(reference);
        if (known != null) {
            sockets.remove(known);
        }
    }

    private void forgetAll(Owned owned) {
        List.copyOf(owned.sockets.keySet()).forEach(reference -> forget(owned, reference));
    }

    private void count(SocketPresence socket, int by) {
        users.add(socket.userKey(), by);
        String role = socket.role();
        roles.add(role == null ? "" : role, by);
        transports.add(socket.transport(), by);
        socket.rooms().forEach(room -> rooms.add(room, by));
    }

    /** Counts sockets by key; a key without sockets has no entry. */
    private static final class Counts<K> {

        private final Map<K, Integer> counts = new HashMap<>();

        void add(K key, int by) {
            counts.merge(key, by, (old, change) -> old + change == 0 ? null : old + change);
        }
    }
}
