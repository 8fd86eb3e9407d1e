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
 * Which users Redis knows to be on this instance, and by which sockets: what follows for a user from a change among the
 * sockets. Not thread-safe.
 */
final class OwnUsers {

    private final JsonMapper json;

    /** The sockets whose entries are in Redis. */
    private final Map<String, SocketPresence> stored = new HashMap<>();

    private final Map<String, Set<String>> socketsByUser = new HashMap<>();

    /** Users of whom a socket came or is another, and who were not entered since. */
    private final Set<String> concerned = new TreeSet<>();

    /** Users who were to leave, and of whom it is not known whether they did. */
    private final Set<String> doubtful = new TreeSet<>();

    /** What Redis knows of each user who is here, JSON. */
    private final Map<String, String> entered = new HashMap<>();

    /** Who was here when Redis lost its data, so that it is no news that he is online. */
    private final Map<String, String> before = new HashMap<>();

    OwnUsers(JsonMapper json) {
        this.json = json;
    }

    /** Redis knows nothing of this instance any more. {@code lost} says whether nobody else told of the users' end. */
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
        // Other rooms make nobody another user; but a user may have left, and the socket come back before it was
        // deleted.
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

    /** Which users are to be entered: they are here, and Redis does not know it, or not as who they are now. */
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

    /** All who were to be entered are. */
    void entered(Collection<UserRegister.Arrival> arrivals) {
        for (UserRegister.Arrival arrival : arrivals) {
            entered.put(arrival.userKey(), arrival.who());
            before.remove(arrival.userKey());
            doubtful.remove(arrival.userKey());
        }
        concerned.clear();
    }

    /** Which users Redis knows to be here, and are not once these sockets are gone. */
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

    /** Redis is about to be told that they left. */
    void leaving(Collection<String> userKeys) {
        doubtful.addAll(userKeys);
    }

    void left(Collection<String> userKeys) {
        userKeys.forEach(entered::remove);
        userKeys.forEach(doubtful::remove);
    }

    /** Who was here before Redis lost its data and did not come back: nobody knows but us. */
    List<UserRegister.Arrival> vanished() {
        return before.entrySet().stream()
                .map(entry -> new UserRegister.Arrival(entry.getKey(), entry.getValue(), true))
                .toList();
    }

    Set<String> users() {
        return Set.copyOf(entered.keySet());
    }

    /** What is told of a user: of the socket whose id is the first, so that it stays the same among several. */
    private String who(Set<String> sockets) {
        SocketPresence socket =
                Objects.requireNonNull(stored.get(sockets.iterator().next()));
        return json.writeValueAsString(new PresenceChange(socket.userId(), socket.name(), socket.role()));
    }
}
