package dev.realtime.console.send;

import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.admin.Audience;
import java.util.ArrayList;
import java.util.List;

/** Creates audiences and resolves them to rooms. */
final class Audiences {

    static final Audience NOBODY = new Audience(false, List.of(), List.of(), List.of());

    private static final Audience EVERYBODY = new Audience(true, List.of(), List.of(), List.of());

    private Audiences() {}

    static boolean isNobody(Audience audience) {
        return audience.equals(NOBODY);
    }

    static boolean isEverybody(Audience audience) {
        return Boolean.TRUE.equals(audience.everybody());
    }

    /** Creates an audience. The room {@code everyone} and the flag both mean everybody. */
    static Audience of(boolean everybody, List<Room> rooms, List<String> roles, List<String> users) {
        return everybody || rooms.contains(Room.EVERYONE) ? EVERYBODY : new Audience(false, rooms, roles, users);
    }

    /** The audience of a notification that went to these rooms. */
    static Audience ofRooms(List<?> printed) {
        List<Room> rooms = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        List<String> users = new ArrayList<>();
        for (Object each : printed) {
            try {
                Room room = Room.parse(String.valueOf(each));
                if (room.kind() == RoomKind.ROLE) {
                    roles.add(room.name());
                } else if (room.kind() == RoomKind.USER) {
                    users.add(room.name());
                } else {
                    rooms.add(room);
                }
            } catch (InvalidRoomException e) {
                // Older versions of the service had rooms that no longer exist; nobody is in them.
                continue;
            }
        }
        return of(false, rooms, roles, users);
    }

    /** The rooms of an audience. */
    static List<Room> rooms(Audience audience) {
        if (isEverybody(audience)) {
            return List.of(Room.EVERYONE);
        }
        List<Room> rooms = new ArrayList<>(audience.rooms() == null ? List.of() : audience.rooms());
        if (audience.roles() != null) {
            audience.roles().forEach(role -> Room.role(role).ifPresent(rooms::add));
        }
        if (audience.users() != null) {
            audience.users().forEach(user -> rooms.add(Room.user(user)));
        }
        return rooms;
    }
}
