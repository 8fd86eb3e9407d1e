package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.SocketDelta;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.Protocol;
import dev.realtime.service.presence.OwnEntry.Change;
import dev.realtime.service.presence.UserRegister.Arrival;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes changes to this instance's sockets: their entries, their users, and a batch for the other instances. After a
 * failure the same changes must be written again; repeating them is harmless.
 *
 * <p>An entry is in Redis for longer than its user is registered on this instance, so that an instance that takes a
 * dead instance's entries finds all of its users. All methods wait for Redis and throw if it does not answer. Not
 * thread-safe.
 */
@Component
final class OwnLedger {

    private final OwnerRegister owners;
    private final UserRegister users;
    private final PresenceChannel channel;
    private final OwnEntries entries;
    private final OwnUsers known;
    private final String instance;

    /** The number of the last change. */
    private long number;
    /** The generation whose latest changes Redis lost; null if it lost none. */
    private @Nullable String rolledBack;
    /** Users that Redis may have under abandoned generations. */
    private final Map<String, Set<String>> abandoned = new LinkedHashMap<>();

    OwnLedger(
            OwnerRegister owners,
            UserRegister users,
            PresenceChannel channel,
            SocketFields fields,
            JsonMapper json,
            InstanceName self) {
        this.owners = owners;
        this.users = users;
        this.channel = channel;
        this.entries = new OwnEntries(fields);
        this.known = new OwnUsers(json);
        this.instance = self.value();
    }

    /** Begins an empty generation. {@code lost} says whether Redis lost the users too. */
    void begin(String generation, boolean lost) {
        if (rolledBack != null) {
            giveUp(rolledBack);
        }
        owners.begin(instance, generation);
        channel.send(PresenceBatch.begin(Protocol.VERSION, instance, generation));
        number = 0;
        entries.reset();
        known.reset(lost);
    }

    /** Registers the users who left while Redis was losing its data as online before, and removes them again. */
    void tellOfTheVanished(String generation, Set<String> here) {
        List<Arrival> vanished = known.vanished().stream()
                .filter(arrival -> !here.contains(arrival.userKey()))
                .toList();
        if (!vanished.isEmpty()) {
            users.enter(instance, generation, vanished);
            users.leave(
                    instance,
                    generation,
                    vanished.stream().map(Arrival::userKey).toList(),
                    null);
        }
    }

    /**
     * Whether Redis still has this generation: neither did another instance take the entries, nor did Redis lose them.
     * Checked before users are changed, so that a leaving user is not taken for one that Redis never knew.
     */
    private boolean isCurrent(String generation) {
        return accept(generation, owners.write(instance, generation, Map.of(), List.of()), number);
    }

    /**
     * Accepts the number that Redis answered. A number below {@code least} means that Redis lost the latest changes.
     */
    private boolean accept(String generation, OptionalLong answered, long least) {
        if (answered.isPresent() && answered.getAsLong() < least) {
            rolledBack = generation;
        }
        if (answered.isEmpty() || rolledBack != null) {
            return false;
        }
        number = answered.getAsLong();
        return true;
    }

    /** Reads the users of an abandoned generation while Redis still has its entries. */
    private void giveUp(String generation) {
        Set<String> there = new HashSet<>(known.users());
        owners.read(instance)
                .filter(owner -> owner.generation().equals(generation))
                .ifPresent(owner -> owner.sockets().values().forEach(socket -> there.add(socket.userKey())));
        abandoned.put(generation, there);
        rolledBack = null;
    }

    /** Removes the users of abandoned generations, once all present users are registered anew. */
    private void leaveAbandoned() {
        abandoned.forEach((generation, there) -> users.leave(instance, generation, there, null));
        abandoned.clear();
    }

    /**
     * Writes the current state of sockets by their ids; null for a socket that is gone.
     *
     * @return false if this generation is over
     */
    boolean write(String generation, Map<String, @Nullable SocketPresence> sockets) {
        List<Change> changes = new ArrayList<>();
        Map<String, Change> going = new LinkedHashMap<>();
        sockets.forEach((socketId, socket) -> {
            if (socket != null) {
                entries.become(socket).ifPresent(changes::add);
            } else {
                entries.vanish(socketId).ifPresent(change -> going.put(socketId, change));
            }
        });
        // A write checks the generation itself.
        boolean written = (!changes.isEmpty() || isCurrent(generation))
                && change(generation, changes)
                && remove(generation, going);
        if (written) {
            leaveAbandoned();
        }
        return written;
    }

    /** Writes the entries, then the users. */
    private boolean change(String generation, List<Change> changes) {
        for (List<Change> chunk : OwnEntries.chunks(changes)) {
            if (!record(generation, chunk)) {
                return false;
            }
            chunk.forEach(change -> known.put(Objects.requireNonNull(change.now())));
        }
        List<Arrival> arrivals = known.arrivals();
        if (!arrivals.isEmpty()) {
            users.enter(instance, generation, arrivals);
        }
        known.entered(arrivals);
        return true;
    }

    /** Removes the users, then the entries. */
    private boolean remove(String generation, Map<String, Change> going) {
        if (going.isEmpty()) {
            return true;
        }
        Collection<String> departures = known.departures(going.keySet());
        if (!departures.isEmpty()) {
            known.leaving(departures);
            users.leave(instance, generation, departures, null);
            known.left(departures);
        }
        for (List<Change> chunk : OwnEntries.chunks(List.copyOf(going.values()))) {
            if (!record(generation, chunk)) {
                return false;
            }
        }
        going.keySet().forEach(socketId -> {
            entries.forget(socketId);
            known.remove(socketId);
        });
        return true;
    }

    /** Writes entries and tells the other instances. Returns false if this generation is over. */
    private boolean record(String generation, List<Change> changes) {
        Map<String, String> puts = new LinkedHashMap<>();
        Set<String> deletes = new HashSet<>();
        for (Change change : changes) {
            puts.putAll(change.puts());
            deletes.addAll(change.deletes());
            change.begin();
        }
        if (!accept(generation, owners.write(instance, generation, puts, deletes), number + 1)) {
            return false;
        }
        changes.forEach(Change::finish);
        channel.send(batch(generation, changes));
        return true;
    }

    private PresenceBatch batch(String generation, List<Change> changes) {
        Map<String, SocketPresence> puts = new LinkedHashMap<>();
        Map<String, SocketDelta> deltas = new LinkedHashMap<>();
        List<String> removed = new ArrayList<>();
        for (Change change : changes) {
            SocketPresence now = change.now();
            SocketDelta delta = change.delta();
            if (now == null) {
                removed.add(change.reference());
            } else if (delta == null) {
                puts.put(change.reference(), now);
            } else {
                deltas.put(change.reference(), delta);
            }
        }
        return new PresenceBatch(Protocol.VERSION, instance, generation, number, puts, deltas, removed, null);
    }

    /** The orderly end of this instance: removes its users and its entries. */
    void end(String generation) {
        users.leave(instance, generation, known.users(), null);
        owners.end(instance);
        channel.send(PresenceBatch.end(Protocol.VERSION, instance, generation));
    }
}
