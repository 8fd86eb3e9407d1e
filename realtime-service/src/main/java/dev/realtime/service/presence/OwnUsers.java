package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceChange;
import dev.realtime.contracts.SocketDelta;
import dev.realtime.contracts.SocketPresence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which users Redis has on this instance, and by which sockets; derives the users' changes from the sockets' changes.
 * Not thread-safe.
 */
final class OwnUsers {

    private final JsonMapper json;

    /** The sockets whose entries are in Redis. */
    private final Map<String, SocketPresence> stored = new HashMap<>();

    private final Map<String, Set<String>> socketsByUser = new HashMap<>();

    /** Users with a new or changed socket who have not been registered since. */
    private final Set<String> concerned = new TreeSet<>();

    /** Users whose removal may or may not have happened. */
    private final Set<String> doubtful = new TreeSet<>();

    /** What Redis has of each user on this instance, as JSON. */
    private final Map<String, String> entered = new HashMap<>();

    /** Users who were here when Redis lost its data: they were announced as online before. */
    private final Map<String, String> before = new HashMap<>();

    OwnUsers(JsonMapper json) {
        this.json = json;
    }

    /**
     * Forgets everything: Redis has nothing of this instance any more. {@code lost} says whether Redis lost its data,
     * so that no other instance has removed the users.
     */
    void reset(boolean lost) {
        stored.clear();
        socketsByUser.clear();
        concerned.clear();
        doubtful.clear();
        if (lost) {
            before.putAll(entered);
        } else {
            before.clear();
        }
        entered.clear();
    }

    void put(SocketPresence socket) {
        SocketPresence before = stored.put(socket.socketId(), socket);
        boolean sameUser = before != null && SocketDelta.between(before, socket).isPresent();
        // A change of rooms does not change the user; but the user may have been removed before the socket that is back
        // now was deleted.
        if (!sameUser || !entered.containsKey(socket.userKey())) {
            concerned.add(socket.userKey());
        }
        socketsByUser
                .computeIfAbsent(socket.userKey(), unused -> new TreeSet<>())
                .add(socket.socketId());
    }

    void remove(String socketId) {
        SocketPresence socket = stored.remove(socketId);
        if (socket != null) {
            socketsByUser.computeIfPresent(socket.userKey(), (user, sockets) -> {
                sockets.remove(socketId);
                return sockets.isEmpty() ? null : sockets;
            });
        }
    }

    /** The users to register: present users whom Redis does not have, or has with other data. */
    List<UserRegister.Arrival> arrivals() {
        List<UserRegister.Arrival> arrivals = new ArrayList<>();
        Set<String> all = new TreeSet<>(concerned);
        all.addAll(doubtful);
        for (String userKey : all) {
            Set<String> sockets = socketsByUser.getOrDefault(userKey, Set.of());
            if (!sockets.isEmpty()) {
                String who = who(sockets);
                if (doubtful.contains(userKey) || !who.equals(entered.get(userKey))) {
                    arrivals.add(new UserRegister.Arrival(userKey, who, before.containsKey(userKey)));
                }
            }
        }
        return arrivals;
    }

    /** Notes that all pending users have been registered. */
    void entered(Collection<UserRegister.Arrival> arrivals) {
        for (UserRegister.Arrival arrival : arrivals) {
            entered.put(arrival.userKey(), arrival.who());
            before.remove(arrival.userKey());
            doubtful.remove(arrival.userKey());
        }
        concerned.clear();
    }

    /** The users whom Redis has on this instance and who have no other socket than these. */
    List<String> departures(Set<String> going) {
        Set<String> concerned = new TreeSet<>();
        for (String socketId : going) {
            SocketPresence socket = stored.get(socketId);
            if (socket != null) {
                concerned.add(socket.userKey());
            }
        }
        return concerned.stream()
                .filter(userKey -> entered.containsKey(userKey) || doubtful.contains(userKey))
                .filter(userKey -> going.containsAll(socketsByUser.getOrDefault(userKey, Set.of())))
                .toList();
    }

    /** Notes that the removal of these users is about to be written. */
    void leaving(Collection<String> userKeys) {
        doubtful.addAll(userKeys);
    }

    void left(Collection<String> userKeys) {
        userKeys.forEach(entered::remove);
        userKeys.forEach(doubtful::remove);
    }

    /** Users who were here before Redis lost its data and did not return: only this instance knows them. */
    List<UserRegister.Arrival> vanished() {
        return before.entrySet().stream()
                .map(entry -> new UserRegister.Arrival(entry.getKey(), entry.getValue(), true))
                .toList();
    }

    Set<String> users() {
        return Set.copyOf(entered.keySet());
    }

    /**
     * What is announced about a user: data of the socket with the lowest id, so that it stays the same among several.
     */
    private String who(Set<String> sockets) {
        SocketPresence socket =
                Objects.requireNonNull(stored.get(sockets.iterator().next()));
        return json.writeValueAsString(new PresenceChange(socket.userId(), socket.name(), socket.role()));
    }
}
