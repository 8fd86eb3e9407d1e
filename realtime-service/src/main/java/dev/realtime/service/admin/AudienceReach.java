package dev.realtime.service.admin;

import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.AudiencePreview;
import dev.realtime.service.presence.ClusterView;
import dev.realtime.service.presence.Presence;
import dev.realtime.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Resolves an audience to the rooms that its event goes to, and to the users in them now. */
@Component
final class AudienceReach {

    private final Presence presence;

    AudienceReach(Presence presence) {
        this.presence = presence;
    }

    /**
     * Returns the rooms of an audience.
     *
     * @throws ProblemException when the audience is empty or too large
     */
    List<Room> rooms(@Nullable Audience to) {
        if (to == null) {
            throw Inputs.refused("to", "is required");
        }
        if (Boolean.TRUE.equals(to.everybody())) {
            return List.of(Room.EVERYONE);
        }
        bound("to.rooms", to.rooms());
        bound("to.roles", to.roles());
        bound("to.users", to.users());
        List<Room> rooms = new ArrayList<>();
        if (to.rooms() != null) {
            rooms.addAll(to.rooms());
        }
        if (to.roles() != null) {
            to.roles()
                    .forEach(role -> rooms.add(
                            Room.role(role).orElseThrow(() -> Inputs.refused("to.roles", "contains an invalid role"))));
        }
        if (to.users() != null) {
            to.users().forEach(user -> rooms.add(Room.user(Inputs.userKey(user))));
        }
        if (rooms.isEmpty()) {
            throw Inputs.refused("to", "must be everybody, or name rooms, roles or users");
        }
        return rooms.stream().distinct().toList();
    }

    private static void bound(String member, @Nullable List<?> list) {
        if (list != null && list.size() > Audience.MOST) {
            throw Inputs.refused(member, "must not have more than " + Audience.MOST + " entries");
        }
    }

    /** Returns which users have a socket in one of the audience's rooms now. */
    AudiencePreview preview(@Nullable Audience to) {
        Set<Room> rooms = Set.copyOf(rooms(to));
        ClusterView view = presence.view();
        Set<String> users = new HashSet<>();
        Map<String, Integer> byRole = new TreeMap<>();
        int sockets = 0;
        for (SocketPresence socket : view.sockets()) {
            if (isMeant(socket, rooms)) {
                sockets++;
                users.add(socket.userKey());
                byRole.merge(socket.role() == null ? ConnectionStats.NO_ROLE : socket.role(), 1, Integer::sum);
            }
        }
        List<String> named =
                to == null || to.users() == null || Boolean.TRUE.equals(to.everybody()) ? List.of() : to.users();
        List<String> offline =
                named.stream().distinct().filter(user -> !view.isOnline(user)).toList();
        return new AudiencePreview(users.size(), sockets, byRole, offline);
    }

    private static boolean isMeant(SocketPresence socket, Set<Room> rooms) {
        return rooms.contains(Room.EVERYONE)
                || socket.rooms().stream().anyMatch(rooms::contains)
                || Room.role(socket.role()).filter(rooms::contains).isPresent();
    }
}
